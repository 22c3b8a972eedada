import { create } from 'zustand';
import type { Account, Profile } from '../../shared/contract/cloud.ts';
import { toNdiError } from '../../shared/contract/client-errors.ts';
import type { NdiError } from '../../shared/model/errors.ts';
import { t } from '../texts/translate.ts';
import { client, follow } from './client.ts';
import { showError, showMessage } from './messages.ts';

interface AccountState {
  /** Who uses NDI Cloud; null for nobody, and until it is known. */
  readonly account: Account | null;
  /** What is wrong with the settings of the cloud, such as an unknown server in the environment. */
  readonly fault: NdiError | null;
}

export const useAccount = create<AccountState>()(() => ({ account: null, fault: null }));

/** The account can be used: its token lives, or renews itself. */
export function isSignedIn(account: Account | null): account is Account {
  return account !== null && (account.renews || ['valid', 'expiring', 'noExpiry'].includes(account.state));
}

/** Follows who is signed in; returns the way to stop. */
export function followAccount(): () => void {
  return follow(
    async (options) => {
      try {
        return await client.cloud.watchAccount(undefined, options);
      } catch (thrown) {
        const fault = toNdiError(thrown);
        // A connection that broke is no fault of the settings: with the next one it is asked again.
        if (!options.signal.aborted && fault.code !== 'door.unreachable') useAccount.setState({ fault });
        throw thrown;
      }
    },
    (account) => useAccount.setState({ account, fault: null }),
  );
}

export async function signOut(): Promise<void> {
  try {
    const { warning } = await client.cloud.signOut();
    showMessage({ title: t('Signed out of NDI Cloud'), ...(warning === null ? {} : { text: warning }) });
  } catch (thrown) {
    showError(thrown);
  }
}

/** Asks the server whether the session is good, and says so. */
export async function probeAccount(): Promise<void> {
  try {
    const { isGood, reason, account } = await client.cloud.probe({});
    showMessage(
      isGood
        ? { tone: 'success', title: t('Signed in as {{email}}: the server agrees', { email: account?.email ?? '' }) }
        : {
            tone: 'problem',
            title: t('The server does not accept the session: {{reason}}', { reason: reason ?? '' }),
            actions: [{ label: t('Sign in'), run: () => askToSignIn(account) }],
          },
    );
  } catch (thrown) {
    showError(thrown);
  }
}

/** Works in another organization from now on. */
export async function chooseOrganization(organizationId: string): Promise<void> {
  try {
    const { organization } = await client.cloud.chooseOrganization({ organizationId });
    showMessage({ title: t('Working in {{organization}}', { organization: organization?.name ?? organizationId }) });
  } catch (thrown) {
    showError(thrown);
  }
}

export async function switchAccount(profile: Profile): Promise<void> {
  try {
    const account = await client.cloud.useProfile({ id: profile.id });
    if (!isSignedIn(account)) askToSignIn(profile);
  } catch (thrown) {
    showError(thrown);
  }
}

/** Signing in was asked for: with what is known of the account already. Null: the dialog is closed. */
export interface SignInRequest {
  readonly email: string;
  readonly server: string;
}

export const useSignInRequest = create<{ readonly asked: SignInRequest | null }>()(() => ({ asked: null }));

export function askToSignIn(known: { readonly email: string; readonly server: string } | null = null): void {
  useSignInRequest.setState({ asked: { email: known?.email ?? '', server: known?.server ?? '' } });
}

export function endSignIn(): void {
  useSignInRequest.setState({ asked: null });
}
