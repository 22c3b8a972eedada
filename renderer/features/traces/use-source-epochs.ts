import type { SignalSource } from '../../../shared/contract/recordings.ts';
import { client } from '../../state/client.ts';
import { useRevision } from '../../state/edits.ts';
import { useItem } from '../../state/items.ts';
import { basename } from '../../state/paths.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';

/** An epoch of a device, or of an element, which may hold it itself. */
export interface SourceEpoch {
  readonly epochId: string;
  readonly number: number;
  readonly device: string | undefined;
}

interface SourceEpochs {
  /** `cortex_1_1 | 1`; undefined where the source is all that a device recorded. */
  readonly element: string | undefined;
  readonly epochs: readonly SourceEpoch[];
}

/** The epochs among which a source stands; undefined where it is no epoch of a session, or while they are read. */
export function useSourceEpochs({ path, sessionId, device, element }: SignalSource): SourceEpochs | undefined {
  const item = useItem(path, sessionId);
  const key = ['epochs of an element', path, sessionId, element, useRevision(path)].join('\n');
  const answer = useAnswer(key, async (signal): Promise<SourceEpochs | undefined> => {
    if (element === undefined) return undefined;
    const [found] = await client.elements.list({ path, sessionId, element }, { signal });
    if (found === undefined) return undefined;
    const epochs = found.epochs.map((epoch) => ({ ...epoch, device: epoch.device ?? undefined }));
    return { element: `${found.name} | ${found.reference}`, epochs };
  });
  if (element !== undefined) return answer.value;
  if (item.status !== 'ready' || item.info.kind !== 'session') return undefined;
  const epochs = item.info.epochs.filter((epoch) => device === undefined || epoch.device === device);
  return { element: undefined, epochs };
}

export function isEpochOf({ device, epoch }: SignalSource, one: SourceEpoch): boolean {
  return one.epochId === epoch && (device === undefined || one.device === device);
}

/** What the source is called where there is little room: `demo · intan1 · epoch 2`. Ids of epochs are long and alike. */
export function titleOf(source: SignalSource, known: SourceEpochs | undefined): string {
  const epoch = known?.epochs.find((one) => isEpochOf(source, one));
  const name = epoch === undefined ? source.epoch : t('epoch {{number}}', { number: epoch.number });
  return [basename(source.path), known?.element, source.device, name].filter(Boolean).join(' · ');
}
