import type { SignalSource } from '../../../shared/contract/recordings.ts';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import { client } from '../../state/client.ts';
import { useRevision } from '../../state/edits.ts';
import { useItem } from '../../state/items.ts';
import { clockKey } from '../../state/source-key.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { useViewedWindows } from '../../state/viewed-windows.ts';
import type { Relation } from './frame-times.ts';

const none: readonly Relation[] = [];

/** How the clocks of the signals that are on the screen, of the same session, stand on that of an epoch of frames. */
export function useRelations(own: SignalSource, visible: boolean): readonly Relation[] {
  const windows = useViewedWindows((state) => state.windows);
  const sources = new Map(
    windows
      .filter(({ source }) => source.path === own.path && source.sessionId === own.sessionId)
      .map(({ source: { path, sessionId, device, epoch } }) => ({ path, sessionId, device, epoch }))
      .filter(({ device, epoch }) => device !== undefined && epoch !== undefined)
      .map((source) => [clockKey(source), source] as const),
  );
  const others = [...sources.values()];
  const item = useItem(own.path, own.sessionId);
  const epochs = item.status === 'ready' && item.info.kind === 'session' ? item.info.epochs : [];
  // The frames are told on the first clock of their epoch.
  const clock = epochs.find(({ device, epochId }) => device === own.device && epochId === own.epoch)?.clocks[0]?.type;
  const key = JSON.stringify(['relations', own, clock, others, useRevision(own.path), visible]);
  const answer = useAnswer(
    key,
    (signal) =>
      visible && clock !== undefined
        ? Promise.all(others.map((source) => relate(source, own, clock, signal)))
        : Promise.resolve(none),
    { keepLast: true },
  );
  return answer.value ?? none;
}

async function relate(source: SignalSource, own: SignalSource, clock: string, signal: AbortSignal): Promise<Relation> {
  try {
    const { device = '', epoch = '' } = own;
    const to = { device, epoch, clock };
    const { lines } = await client.sync.signalTimes({ source, to }, { signal });
    return { source, lines, reason: '' };
  } catch (thrown) {
    return { source, lines: null, reason: toNdiError(thrown).message };
  }
}
