import type { SessionInfo } from '../../../shared/contract/sessions.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { Services } from '../services.ts';

/**
 * What the session in a folder holds, as every door shows it.
 * @throws NdiError session.invalid when the folder does not read as a session
 */
export async function sessionInfoAt(services: Services, folder: string): Promise<SessionInfo> {
  const info = await services.items.info(folder);
  if (info.kind === 'session') return info;
  throw new NdiError({
    code: 'session.invalid',
    message: `What was written to ${folder} does not read as a session.`,
    recovery: 'Try again in another folder; if it happens again, report it.',
    details: { path: folder, kind: info.kind },
  });
}
