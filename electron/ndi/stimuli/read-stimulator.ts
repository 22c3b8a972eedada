import type { SignalEvent } from '../../../shared/contract/recordings.ts';
import { parseDeviceString } from '../../../shared/model/device-string.ts';
import type { JsonObject } from '../../../shared/model/document-json.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { elementName } from '../epochs/elements.ts';
import type { Epoch } from '../epochs/epoch.ts';
import { type OnOff, pairOnOff } from './pair-on-off.ts';
import type { Presentation, StimulatorReading } from './presentation.ts';

/** What a stimulator is read by. */
export interface StimulatorInputs {
  /** All events of a channel (`mk1`, `dimp2`, `aep1_t2.5`) of the epoch, in order of time. */
  readonly events: (channel: string) => Promise<readonly SignalEvent[]>;
  /** Parameters of the stimuli as metadata reader 1, 2, ... of the epoch's DAQ system finds them. */
  readonly metadata: (reader: number) => readonly JsonObject[];
}

const MARKERS = ['mk', 'marker', 'text'];
const EVENTS = ['e', 'event', 'dep', 'den'];
const DIGITAL_PULSES = ['dimp', 'dimn'];

/**
 * Reads what a stimulator probe did in an epoch, from the channels that the epoch's probe map names in order
 * (`ndi.probe.timeseries.stimulator`, daq-epochs-time reference, section 16).
 * @throws NdiError document.invalid, format.invalid, and what the inputs throw
 */
export async function readStimulator(
  probe: { readonly name: string; readonly reference: number; readonly type: string },
  epoch: Pick<Epoch, 'probeMap' | 'epochId'>,
  inputs: StimulatorInputs,
): Promise<StimulatorReading> {
  const channels = channelsOf(probe, epoch);
  const metadata = channels.find(({ type }) => type === 'md');
  const parameters = metadata === undefined ? [] : inputs.metadata(metadata.number);
  const rest = channels.filter(({ type }) => type !== 'md' && type !== 'ai');
  const hasMarks = rest.some(({ type }) => MARKERS.includes(type) || EVENTS.includes(type));
  const presentations = hasMarks ? await readMarkers(rest, inputs) : await readPulses(rest, inputs);
  return { presentations, parameters };
}

interface Channel {
  readonly type: string;
  readonly number: number;
  readonly name: string;
}

function channelsOf(
  probe: { readonly name: string; readonly reference: number; readonly type: string },
  epoch: Pick<Epoch, 'probeMap' | 'epochId'>,
): Channel[] {
  const rows = epoch.probeMap.filter(
    (row) =>
      row.name === probe.name &&
      row.reference === probe.reference &&
      row.type.toLowerCase() === probe.type.toLowerCase(),
  );
  const strings = rows.map((row) => parseDeviceString(row.deviceString));
  const devices = new Set(strings.map(({ device }) => device.toLowerCase()));
  if (devices.size > 1) {
    throw invalid(
      epoch,
      `${elementName(probe)} is on the devices ${[...devices].join(', ')}; all channels of a stimulator must be on one`,
    );
  }
  return strings.flatMap(({ channels }) =>
    channels.map(({ type, number, threshold }) => {
      const short = shortTypes[type] ?? type;
      return { type, number, name: `${short}${number}${threshold === undefined ? '' : `_t${threshold}`}` };
    }),
  );
}

/** Recordings name their channels by the short prefixes. */
const shortTypes: Readonly<Record<string, string>> = { marker: 'mk', event: 'e' };

/** On and off, then ids, then set-up and clearing: by the order of the marker channels. Event channels tell the rest. */
async function readMarkers(channels: readonly Channel[], inputs: StimulatorInputs): Promise<Presentation[]> {
  const markers = channels.filter(({ type }) => MARKERS.includes(type));
  if (markers.length > 3) {
    throw new NdiError({
      code: 'document.invalid',
      message: `The stimulator has ${markers.length} marker channels: more than on/off, stimulus id and set-up/clear.`,
      recovery: 'Correct the device string of the probe in the epoch’s probe map.',
      details: { channels: markers.map(({ name }) => name) },
    });
  }
  const lists = await Promise.all(markers.map(async ({ name }) => inputs.events(name)));
  const [shown = [], ids = [], opened = []] = lists;
  const onOff = pairOnOff(shown.map(({ time, value }) => ({ time, value: Number(value) })));
  const openClose = pairOnOff(opened.map(({ time, value }) => ({ time, value: Number(value) })));
  const channelEvents = channels.filter(({ type }) => EVENTS.includes(type));
  const events = await Promise.all(channelEvents.map(async ({ name }) => inputs.events(name)));
  const extra = events.flatMap((list, at) => list.map(({ time }) => [time, at + 1] as const)).sort(([a], [b]) => a - b);
  // Without marks (event channels alone) nothing tells what was shown.
  if (markers.length === 0) return [];
  checkCounts(markers, onOff, ids.length, openClose.length);
  const noOffset = onOff.every(({ off }) => Number.isNaN(off));
  return onOff.map(({ on, off }, at): Presentation => {
    const around = openClose[at] ?? { on, off };
    const offset = noOffset ? around.off : off;
    const times = { onset: on, offset, open: around.on, close: around.off };
    const stimulusId = markers.length > 1 ? Number(ids[at]?.value) : NaN;
    return { stimulusId, ...times, events: during(extra, times) };
  });
}

/** A stimulus for each channel, by its place: up while the stimulus is shown. */
async function readPulses(channels: readonly Channel[], inputs: StimulatorInputs): Promise<Presentation[]> {
  const lines = channels.filter(({ type }) => DIGITAL_PULSES.includes(type));
  const lists = await Promise.all(
    lines.map(async ({ name }, at) => {
      const marks = (await inputs.events(name)).map(({ time, value }) => ({ time, value: Number(value) }));
      return pairOnOff(marks).map(({ on, off }): Presentation => {
        return { stimulusId: at + 1, onset: on, offset: off, open: on, close: off, events: [] };
      });
    }),
  );
  const start = ({ onset, offset }: Presentation) => (Number.isNaN(onset) ? offset : onset);
  return lists.flat().sort((a, b) => start(a) - start(b));
}

/** Events from the first to the last moment of a stimulus. */
function during(
  events: readonly (readonly [number, number])[],
  { onset, offset, open, close }: Omit<Presentation, 'events' | 'stimulusId'>,
): (readonly [number, number])[] {
  const known = (values: number[]) => values.filter((value) => !Number.isNaN(value));
  const [from, to] = [Math.min(...known([onset, open])), Math.max(...known([offset, close]))];
  return events.filter(([time]) => time >= from && time <= to);
}

/** Ids and set-ups are told by their place: where counts differ nobody knows which belongs to which. */
function checkCounts(markers: readonly Channel[], onOff: readonly OnOff[], ids: number, openClose: number): void {
  const wrong =
    markers.length > 1 && ids !== onOff.length
      ? `${ids} stimulus ids on ${markers[1]?.name ?? ''}`
      : markers.length > 2 && openClose !== onOff.length
        ? `${openClose} set-ups on ${markers[2]?.name ?? ''}`
        : null;
  if (wrong === null) return;
  throw new NdiError({
    code: 'format.invalid',
    message: `There are ${onOff.length} stimuli on ${markers[0]?.name ?? ''}, but ${wrong}: which belongs to which cannot be told.`,
    recovery: 'Look at these channels over the traces; marks may be missing at the start or the end of the recording.',
    details: { onsets: onOff.length, ids, openClose },
  });
}

function invalid({ epochId }: Pick<Epoch, 'epochId'>, why: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The stimuli of epoch ${epochId} cannot be read: ${why}.`,
    recovery: 'Correct the epoch’s probe map.',
    details: { epoch: epochId },
  });
}
