import type { SignalSource } from '../../../shared/contract/recordings.ts';
import { useCommand } from '../../state/commands.ts';
import { t } from '../../texts/translate.ts';
import { isEpochOf, type SourceEpoch } from './use-source-epochs.ts';

export interface EpochSteps {
  /** Whether the source is an epoch at all. */
  readonly possible: boolean;
  readonly previous: (() => void) | undefined;
  readonly next: (() => void) | undefined;
}

/** Finds the epoch beside a source; undefined where there is none. */
export type Neighbour = (source: SignalSource) => SignalSource | undefined;

/**
 * The ways to the neighbouring epochs of a source.
 * @param epochs of its device or element, in their order; undefined where it has none, or while they are not known
 * @param onStep takes the way from whatever is wanted at that moment: steps may come faster than the page follows
 */
export function epochSteps(
  source: SignalSource,
  epochs: readonly SourceEpoch[] | undefined,
  onStep: (neighbour: Neighbour) => void,
): EpochSteps {
  if (epochs === undefined) return { possible: false, previous: undefined, next: undefined };
  const neighbour =
    (by: 1 | -1): Neighbour =>
    (of) => {
      const at = of.epoch === undefined ? 0 : epochs.findIndex((epoch) => isEpochOf(of, epoch));
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
