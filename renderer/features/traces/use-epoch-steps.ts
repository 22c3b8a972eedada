import type { SignalSource } from '../../../shared/contract/recordings.ts';
import { useItem } from '../../state/items.ts';
import { basename } from '../../state/paths.ts';
import { t } from '../../texts/translate.ts';

export interface EpochSteps {
  /** Whether the source is an epoch at all. */
  readonly possible: boolean;
  readonly previous: (() => void) | undefined;
  readonly next: (() => void) | undefined;
}

/** The ways to the neighbouring epochs of the same device, where the source is an epoch of a session. */
export function useEpochSteps(source: SignalSource, onStep: (source: SignalSource) => void): EpochSteps {
  const item = useItem(source.path, source.sessionId);
  if (item.status !== 'ready' || item.info.kind !== 'session') {
    return { possible: false, previous: undefined, next: undefined };
  }
  const epochs = item.info.epochs.filter((epoch) => source.device === undefined || epoch.device === source.device);
  const at = source.epoch === undefined ? 0 : epochs.findIndex((epoch) => epoch.epochId === source.epoch);
  const stepTo = (index: number) => {
    const epoch = at < 0 ? undefined : epochs[index];
    if (epoch === undefined) return undefined;
    return () => {
      onStep({ ...source, device: epoch.device, epoch: epoch.epochId });
    };
  };
  return { possible: true, previous: stepTo(at - 1), next: stepTo(at + 1) };
}

/** What the source is called where there is little room: `demo · intan1 · epoch 2`. Ids of epochs are long and alike. */
export function useSourceTitle(source: SignalSource): string {
  const item = useItem(source.path);
  const epochs = item.status === 'ready' && item.info.kind === 'session' ? item.info.epochs : [];
  const epoch = epochs.find(({ epochId, device }) => epochId === source.epoch && device === source.device);
  const name = epoch === undefined ? source.epoch : t('epoch {{number}}', { number: epoch.number });
  return [basename(source.path), source.device, name].filter(Boolean).join(' · ');
}
