import type { Account } from '../../../shared/contract/cloud.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { ask, askSecretly, canAsk, firstLine, nothingToAsk } from '../password.ts';
import type { Answer, Command, Run } from '../run.ts';
import { facts } from '../tables.ts';

export interface ProfileOption {
  readonly profile?: string;
}

interface LoginOptions extends ProfileOption {
  readonly email?: string;
  readonly server?: string;
  readonly organization?: string;
  readonly passwordStdin?: boolean;
  readonly remember: boolean;
}

export const login: Command<LoginOptions> = async (run, _args, options) => {
  const email = options.email ?? process.env['NDI_CLOUD_USERNAME'] ?? (await askEmail(run));
  const password = await passwordOf(run, email, options.passwordStdin === true);
  const { server, profile: nickname, remember } = options;
  const given = {
    email,
    password,
    remember,
    ...(server === undefined ? {} : { server }),
    ...(nickname === undefined ? {} : { nickname }),
  };
  const signIn = (organizationId: string | undefined) =>
    run.call((client, signal) =>
      client.cloud.signIn({ ...given, ...(organizationId === undefined ? {} : { organizationId }) }, { signal }),
    );
  const account = await signIn(options.organization).catch(async (thrown: unknown) => {
    const isChoice = thrown instanceof NdiError && thrown.code === 'auth.chooseOrganization';
    if (!isChoice || !canAsk()) throw thrown;
    return await signIn(await askOrganization(run, thrown));
  });
  return answer(account, `Signed in as ${account.email}.`);
};

export const logout: Command<ProfileOption> = async (run, _args, options) => {
  await useProfile(run, options);
  const { warning } = await run.call((client) => client.cloud.signOut());
  const account = await run.call((client) => client.cloud.account());
  const value = { ...(account === null ? nobody : whoOf(account)), warning };
  return { value, text: () => warning ?? 'Signed out.' };
};

/** A session is good if the server says so; without a network what is known is told, and that it was not checked. */
export const whoami: Command<ProfileOption> = async (run, _args, options) => {
  await useProfile(run, options);
  const known = await run.call((client) => client.cloud.account());
  const found = await run
    .call((client, signal) => client.cloud.probe({}, { signal }))
    .catch((thrown: unknown) => {
      if (thrown instanceof NdiError && thrown.code.startsWith('cloud.') && known !== null) return null;
      throw thrown;
    });
  if (found === null && known !== null) return answer(known, 'The server could not be asked.', { checked: false });
  if (found?.isGood === true && found.account !== null) return answer(found.account, null, { checked: true });
  throw new NdiError({
    code: 'auth.required',
    message: `You are not signed in to NDI Cloud: ${found?.reason ?? 'nobody is signed in'}.`,
    recovery: 'Run “ndi cloud login”.',
  });
};

/** For one command; the other accounts stay as they are. */
export async function useProfile(run: Run, { profile }: ProfileOption): Promise<void> {
  if (profile === undefined) return;
  await run.call((client) => client.cloud.useProfile({ id: profile, keepToken: true }));
}

const nobody = { profile: null, email: null, userId: null, organization: null, server: null, expiresAt: null };

function whoOf({ profile, email, userId, organization, server, expiresAt, state }: Account) {
  return { profile, email, userId, organization, server, expiresAt, state };
}

function answer(account: Account, said: string | null, more: object = {}): Answer {
  const { profile, email, organization, server, expiresAt, renews, state } = account;
  const end = expiresAt === null ? null : `${expiresAt}${renews ? ', renews itself' : ''}`;
  const shown = facts([
    ['Account', email],
    ['Profile', profile === email ? null : profile],
    ['Organization', organization === null ? null : `${organization.name} (${organization.id})`],
    ['Server', server],
    ['Session', state],
    ['Until', end],
  ]);
  return { value: { ...whoOf(account), ...more }, text: () => (said === null ? shown : `${said}\n${shown}`) };
}

async function askEmail(run: Run): Promise<string> {
  if (!canAsk()) throw nothingToAsk('e-mail address', 'Give it with --email, or set NDI_CLOUD_USERNAME.');
  return await ask('E-mail address: ', run.signal);
}

/** Never from an argument: those are shown to everybody in the list of processes. */
async function passwordOf(run: Run, email: string, fromInput: boolean): Promise<string> {
  if (fromInput) return await firstLine();
  const ofEnvironment = process.env['NDI_CLOUD_PASSWORD'];
  if (ofEnvironment) return ofEnvironment;
  if (canAsk()) return await askSecretly(`Password of ${email}: `, run.signal);
  throw nothingToAsk('password', 'Give it on standard input with --password-stdin, or set NDI_CLOUD_PASSWORD.');
}

async function askOrganization(run: Run, { details }: NdiError): Promise<string | undefined> {
  const ids = details['organizationIds'] as readonly string[];
  const labels = details['organizationLabels'] as readonly string[];
  process.stderr.write(`${labels.map((label, i) => `  ${i + 1}  ${label}`).join('\n')}\n`);
  const chosen = Number(await ask('Which organization? ', run.signal));
  return ids[chosen - 1];
}
