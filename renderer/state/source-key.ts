import type { SignalSource } from '../../shared/contract/recordings.ts';

/** The name under which a view of this source is remembered. A path cannot hold the character 0. */
export function sourceKey({ path, sessionId = '', device = '', epoch = '', element }: SignalSource): string {
  return `traces:${path}\0${sessionId}\0${device}\0${epoch}${element === undefined ? '' : `\0${element}`}`;
}

/** Names the clock of a source: what was recorded by one device in one epoch is on one clock, whatever element it is. */
export function clockKey(source: SignalSource): string {
  return sourceKey(source.device === undefined ? source : { ...source, element: undefined });
}
