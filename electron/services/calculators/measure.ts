import { NdiError } from '../../../shared/model/errors.ts';
import { readVhsbTimes } from '../../formats/vhsb/times.ts';
import { SampleResponse, spikeResponse, type Stretch } from '../../ndi/calculators/responses.ts';
import type { PresentationResponse } from '../../ndi/calculators/tuning-curve.ts';
import { ELEMENT_FILE, type ElementTable, placeOf } from '../../ndi/epochs/element-signals.ts';
import { elementName } from '../../ndi/epochs/elements.ts';
import { readRows, rowSource } from '../derived/epoch-rows.ts';
import { risingTimes } from '../units/train.ts';
import type { Surroundings } from './calculator.ts';

/** A presentation and its control, on the clock of the element. */
export interface ShownStretch {
  readonly stimulusId: number;
  readonly own: Stretch;
  readonly control: Stretch;
}

/**
 * The responses of an element in one of its epochs, presentation by presentation.
 * @throws NdiError usage.invalid for signals of several channels, document.*, format.*, path.*, app.cancelled
 */
export async function measure(
  { session, workers, signal }: Pick<Surroundings, 'session' | 'workers' | 'signal'>,
  element: ElementTable,
  epochId: string,
  stretches: readonly ShownStretch[],
): Promise<PresentationResponse[]> {
  const epoch = element.epochs.find((one) => one.epochId === epochId);
  if (epoch === undefined) return [];
  const name = `${elementName(element)}, epoch ${epochId}`;
  if (element.type.toLowerCase() === 'spikes' && epoch.held.by === 'document') {
    const times = risingTimes(readVhsbTimes(session.binaryFile(epoch.held.documentId, ELEMENT_FILE)));
    return stretches.map(({ stimulusId, own, control }) => ({
      stimulusId,
      response: spikeResponse(times, own),
      // The rate of a control is its count by the stimulus' own duration.
      control: spikeResponse(times, control, own.to - own.from),
    }));
  }
  const place = placeOf(session, element, epoch);
  const rows = rowSource(name, place, await workers.describe(place.path, signal));
  const { sampleRate } = rows;
  if (sampleRate === null || rows.channels.length !== 1) throw notOneSignal(name, rows.channels.length);
  const open = stretches.map(({ stimulusId, own, control }) => ({
    stimulusId,
    response: new SampleResponse(own, sampleRate),
    control: new SampleResponse(control, sampleRate),
  }));
  for await (const { times, columns } of readRows(workers, rows, 1, signal)) {
    for (const { response, control } of open) {
      response.take(times, columns[0] ?? new Float64Array(0));
      control.take(times, columns[0] ?? new Float64Array(0));
    }
  }
  return open.map(({ stimulusId, response, control }) => {
    return { stimulusId, response: response.response(), control: control.response() };
  });
}

function notOneSignal(name: string, channels: number): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `${name} has ${channels} channels: a response is that of one signal, or of spikes.`,
    recovery: 'Name an element of spikes, or one that holds a single channel.',
    details: { channels },
  });
}
