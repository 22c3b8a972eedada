import type { Citation, DoiState, PublishState } from '../../../shared/contract/cloud-publish.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { Answer, Command } from '../run.ts';
import { facts, sections, table } from '../tables.ts';
import { useProfile, type ProfileOption } from './cloud-account.ts';

interface PublishOptions extends ProfileOption {
  readonly check?: boolean;
  readonly describe?: boolean;
  readonly removePlaceholder?: boolean;
  readonly publish?: boolean;
  readonly unpublish?: boolean;
  readonly branch?: string;
  readonly branches?: boolean;
}

/** Without an option it submits the dataset, which is what everybody may do. */
export const publish: Command<PublishOptions> = async (run, [given = ''], options) => {
  await useProfile(run, options);
  const path = run.path(given);
  const { branch } = options;
  if (branch !== undefined) {
    const value = await run.call((client, signal) => client.cloudPublish.branch({ path, name: branch }, { signal }));
    return { value, text: () => `Made the branch ${value.cloudDatasetId}.` };
  }
  if (options.branches === true) {
    const branches = await run.call((client, signal) => client.cloudPublish.branches({ path }, { signal }));
    const rows = branches.map(({ id, name }) => [id, name]);
    return { value: { branches }, text: () => (rows.length === 0 ? 'No branches.' : table(['Id', 'Name'], rows)) };
  }
  if (options.describe === true) {
    await run.call((client, signal) => client.cloudPublish.sendDescription({ path }, { signal }));
  }
  if (options.removePlaceholder === true) {
    await run.call((client, signal) => client.cloudPublish.removePlaceholder({ path }, { signal }));
  }
  const act = options.publish === true ? 'publish' : options.unpublish === true ? 'unpublish' : 'submit';
  const value = await run.callLong('Publishing', (client, signal) =>
    options.check === true
      ? client.cloudPublish.state({ path, validate: true }, { signal })
      : client.cloudPublish.act({ path, act }, { signal }),
  );
  return { value, text: () => describe(value) };
};

function describe({ name, state, page, doi, checks }: PublishState): string {
  return sections(
    facts([
      ['Dataset', name],
      ['State', state.endsWith('ing') ? `${state}: still running in the cloud` : state],
      ['Page', page],
      ['DOI', doi],
    ]),
    table(
      ['Check', 'State', 'What'],
      checks.map(({ code, state: found, message }) => [code, found, message]),
    ),
  );
}

interface DoiOptions extends ProfileOption {
  readonly xml?: boolean;
  readonly deposit?: boolean;
  readonly production?: boolean;
  readonly result?: boolean;
  readonly email?: string;
}

export const doi: Command<DoiOptions> = async (run, [given = ''], options) => {
  await useProfile(run, options);
  const path = run.path(given);
  if (options.xml === true) {
    const email = emailOf(options);
    const value = await run.call((client, signal) => client.cloudPublish.doiXml({ path, email }, { signal }));
    return { value, text: () => value.xml };
  }
  if (options.deposit === true) {
    const system = options.production === true ? 'production' : 'test';
    const request = { path, email: emailOf(options), system } as const;
    return told(await run.call((client, signal) => client.cloudPublish.deposit(request, { signal })));
  }
  if (options.result === true) {
    return told(await run.call((client, signal) => client.cloudPublish.checkDeposit({ path }, { signal })));
  }
  return told(await run.call((client, signal) => client.cloudPublish.doi({ path }, { signal })));
};

function told(value: DoiState): Answer {
  const { doi: own, obstacles, registration } = value;
  const text = () =>
    sections(
      facts([
        ['DOI', own === '' ? 'none yet' : own],
        ['Chosen', registration?.doi ?? null],
        ['State', registration?.state ?? null],
        ['At', registration === null ? null : `Crossref, ${registration.system} system`],
        ['Crossref says', registration?.message ?? null],
      ]),
      obstacles.join('\n'),
    );
  return { value, text };
}

function emailOf({ email }: DoiOptions): string {
  if (email !== undefined) return email;
  throw new NdiError({
    code: 'usage.invalid',
    message: 'A deposit needs the address of the depositor.',
    recovery: 'Give it with --email.',
  });
}

interface CiteOptions extends ProfileOption {
  readonly format: keyof Citation;
}

/** Ids in NDI Cloud are 24 hexadecimal digits; a folder of that name can be given as `./NAME`. */
export const cite: Command<CiteOptions> = async (run, [given = ''], options) => {
  await useProfile(run, options);
  const asked = /^[0-9a-f]{24}$/.test(given) ? { cloudDatasetId: given } : { path: run.path(given) };
  const value = await run.call((client, signal) => client.cloudPublish.cite(asked, { signal }));
  return { value, text: () => value[options.format].trimEnd() };
};
