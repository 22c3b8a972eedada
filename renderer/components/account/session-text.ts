import type { Account } from '../../../shared/contract/cloud.ts';
import { isSignedIn } from '../../state/account.ts';
import { formatDate, t } from '../../texts/translate.ts';

/** How long the session of an account lasts, in words. */
export function sessionText(account: Account): string {
  if (!isSignedIn(account)) return t('The session has ended');
  if (account.expiresAt === null || account.state === 'expired') return t('The session is renewed when it is needed');
  const values = { time: formatDate(account.expiresAt) };
  return account.renews ? t('Session until {{time}}, renews itself', values) : t('Session until {{time}}', values);
}
