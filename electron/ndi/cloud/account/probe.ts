import { NdiError } from '../../../../shared/model/errors.ts';
import type { CloudUser } from '../api/shapes.ts';
import type { CloudSession } from './session.ts';

export interface ProbeResult {
  readonly isGood: boolean;
  /** Why not, for people. */
  readonly reason: string | null;
  readonly user: CloudUser | null;
}

/**
 * Whether a session is really signed in: a token that says so is not enough, since it may have been revoked or be
 * somebody else's.
 * @param wantedEmail the user it should be, exactly
 * @throws NdiError cloud.* where the server cannot be asked
 */
export async function probe(
  session: CloudSession,
  wantedEmail: string | null,
  signal?: AbortSignal,
): Promise<ProbeResult> {
  const { claims } = await session.inspect();
  const claimed = claims?.email;
  if (wantedEmail !== null && claimed !== undefined && claimed !== wantedEmail) {
    return no(`the token is that of ${claimed}`);
  }
  try {
    const user = await session.api.call('getCurrentUser', { signal });
    const { email } = (await session.inspect()).claims ?? {};
    if (email === undefined) return no('the token names no e-mail address');
    // A missing address in the answer is no contradiction.
    if (user.email && user.email.toLowerCase() !== email.toLowerCase()) return no(`the server knows ${user.email}`);
    return { isGood: true, reason: null, user };
  } catch (thrown) {
    if (thrown instanceof NdiError && thrown.code === 'auth.required') return no('the session has ended');
    if (thrown instanceof NdiError && thrown.code.startsWith('auth.')) return no(thrown.message.replace(/\.$/, ''));
    throw thrown;
  }
}

function no(reason: string): ProbeResult {
  return { isGood: false, reason, user: null };
}
