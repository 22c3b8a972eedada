import type { SignalSource } from '../../../shared/contract/recordings.ts';

/** The name under which a view of this source is remembered. A path cannot hold the character 0. */
export function sourceKey({ path, sessionId = '', device = '', epoch = '' }: SignalSource): string {
  return `traces:${path}\0${sessionId}\0${device}\0${epoch}`;
}
