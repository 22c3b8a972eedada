import type { RecordingInfo } from '../../shared/contract/recordings.ts';
import { formatFault } from './file-faults.ts';
import type { OpenRecording } from './format.ts';

/**
 * A recording whose rates, counts and times are numbers that can be counted with. A header may say a rate so small that
 * its file would last for ever, or a count that no number holds exactly: whatever its format checks, it stops here.
 * @throws NdiError format.invalid
 */
export function soundRecording(recording: OpenRecording): OpenRecording {
  const wrong = wrongNumber(recording.info);
  if (wrong !== null) {
    throw formatFault('format.invalid', recording.info.path, `its header cannot be: ${wrong}.`, { field: 'header' });
  }
  return recording;
}

function wrongNumber({ segments, channels, extent, events }: RecordingInfo): string | null {
  for (const { name, sampleRate, samples } of channels) {
    if (sampleRate !== null && !(sampleRate > 0 && Number.isFinite(sampleRate)))
      return `${name} has a rate of ${sampleRate} Hz`;
    if (samples !== null && !isCount(samples)) return `${name} has ${samples} samples`;
  }
  for (const { start, samples, t0, t1 } of segments) {
    if (!isCount(start) || !isCount(samples)) return `it has ${samples} samples from sample ${start} on`;
    if (!Number.isFinite(t0) || !Number.isFinite(t1)) return `its samples run from ${t0} s to ${t1} s`;
  }
  if (extent !== undefined && !Number.isFinite(extent.t1 - extent.t0))
    return `it runs from ${extent.t0} s to ${extent.t1} s`;
  const [name] = Object.entries(events).find(([, count]) => !isCount(count)) ?? [];
  return name === undefined ? null : `${name} has ${events[name]} events`;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}
