import type { CommandId } from '../../shared/model/commands.ts';
import { endTexts, type Ending } from '../../shared/model/endings.ts';

/** What the system shows outside of the window. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  /** What a click on it does. */
  readonly command: CommandId;
}

/** Nobody turns away from work that is shorter. */
const LONG_JOB_MS = 30_000;

/**
 * What is told of long work that has ended; null where nothing is: the window shows it already, somebody ended it himself,
 * or it was short. A transfer is always told, since it may have waited for a network.
 * @param inFront a window of the application has the focus
 */
export function noticeOf(ending: Ending, inFront: boolean): Notice | null {
  if (inFront || ending.state === 'cancelled') return null;
  if (ending.kind === 'job' && ending.tookMs < LONG_JOB_MS) return null;
  // The title is plain text everywhere; some systems of Linux read markup in the body, so nothing foreign stands there.
  return {
    title: ending.title,
    body: endTexts[ending.state],
    command: ending.kind === 'transfer' ? 'cloud.transfers' : 'view.jobs',
  };
}
