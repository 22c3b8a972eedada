import type { SignalSource } from '../../../shared/contract/recordings.ts';
import { useCommand } from '../../state/commands.ts';
import { useItem } from '../../state/items.ts';
import { basename } from '../../state/paths.ts';
import { t } from '../../texts/translate.ts';

export interface EpochSteps {
  /** Whether the source is an epoch at all. */
  readonly possible: boolean;
  readonly previous: (() => void) | undefined;
  readonly next: (() => void) | undefined;
}

/** Finds the epoch beside a source; undefined where there is none. */
export type Neighbour = (source: SignalSource) => SignalSource | undefined;

/**
 * The ways to the neighbouring epochs of the same device, where the source is an epoch of a session.
 * @param onStep takes the way from whatever is wanted at that moment: steps may come faster than the page follows
 */
export function useEpochSteps(source: SignalSource, onStep: (neighbour: Neighbour) => void): EpochSteps {
  const item = useItem(source.path, source.sessionId);
  if (item.status !== 'ready' || item.info.kind !== 'session') {
    return { possible: false, previous: undefined, next: undefined };
  }
  const all = item.info.epochs;
  const neighbour =
    (by: 1 | -1): Neighbour =>
    (of) => {
      const epochs = all.filter((epoch) => of.device === undefined || epoch.device === of.device);
      const at = of.epoch === undefined ? 0 : epochs.findIndex((epoch) => epoch.epochId === of.epoch);
      const epoch = at < 0 ? undefined : epochs[at + by];
      return epoch === undefined ? undefined : { ...of, device: epoch.device, epoch: epoch.epochId };
    };
  const stepBy = (by: 1 | -1) =>
    neighbour(by)(source) === undefined
      ? undefined
      : () => {
          onStep(neighbour(by));
        };
  return { possible: true, previous: stepBy(-1), next: stepBy(1) };
}

/** Binds the keys that step to the neighbouring epochs. */
export function useEpochStepCommands(steps: EpochSteps): void {
  const reason = steps.possible ? t('There is no further epoch') : t('Only for epochs of a session');
  useCommand('traces.previousEpoch', () => steps.previous?.(), { enabled: steps.previous !== undefined, reason });
  useCommand('traces.nextEpoch', () => steps.next?.(), { enabled: steps.next !== undefined, reason });
}

/** What the source is called where there is little room: `demo · intan1 · epoch 2`. Ids of epochs are long and alike. */
export function useSourceTitle(source: SignalSource): string {
  const item = useItem(source.path);
  const epochs = item.status === 'ready' && item.info.kind === 'session' ? item.info.epochs : [];
  const epoch = epochs.find(({ epochId, device }) => epochId === source.epoch && device === source.device);
  const name = epoch === undefined ? source.epoch : t('epoch {{number}}', { number: epoch.number });
  return [basename(source.path), source.device, name].filter(Boolean).join(' · ');
}
