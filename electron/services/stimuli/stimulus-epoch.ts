import type { StimulusEpoch } from '../../../shared/contract/stimuli.ts';
import { elementName } from '../../ndi/epochs/elements.ts';
import type { FoundStimuli } from './find-stimuli.ts';

/** As it crosses the wall: times that are not known are null. */
export function stimulusEpoch({
  probe,
  epoch,
  clock,
  documentId: id,
  presentations,
  parameters,
}: FoundStimuli): StimulusEpoch {
  return {
    probe: elementName(probe),
    device: epoch.device,
    epochId: epoch.epochId,
    onDevice: epoch.device,
    clock,
    documentId: id,
    presentations: presentations.map(({ stimulusId, onset, offset, open, close }) => ({
      stimulusId: finiteOrNull(stimulusId),
      onset: finiteOrNull(onset),
      offset: finiteOrNull(offset),
      open: finiteOrNull(open),
      close: finiteOrNull(close),
      epochId: epoch.epochId,
    })),
    parameters: parameters.map((one) => ({ ...one })),
    errorSec: null,
  };
}

const finiteOrNull = (value: number) => (Number.isFinite(value) ? value : null);
