import type { Problem } from '../../../shared/contract/common.ts';
import { channelPrefix } from '../../../shared/model/channels.ts';
import { parseDeviceString, formatDeviceString } from '../../../shared/model/device-string.ts';
import type { ProbeMapEntry } from '../../../shared/model/epoch-probe-map.ts';
import { isProbeType, probeTypes } from '../../../shared/model/probe-types.ts';

/** What the rows of a probe map are held against. */
export interface ProbeMapSurroundings {
  /** The DAQ system whose epoch it is. */
  readonly device: string;
  /** All DAQ systems of the session. */
  readonly devices: readonly string[];
  /** Channels of the epoch's recording; null where it cannot be read. */
  readonly channels: ReadonlySet<string> | null;
  /** Whether a text is a subject's identifier or the id of its document. */
  readonly isSubject: (text: string) => boolean;
  readonly files: readonly string[];
}

/**
 * What the rows of a probe map name and is not there: mostly slips of the pen. Each row by itself is as it must be; but
 * NDI refuses such a probe or channel, or passes the row over in silence.
 */
export function probeMapFaults(rows: readonly ProbeMapEntry[], around: ProbeMapSurroundings): Problem[] {
  const sentences = new Set(rows.flatMap((row) => faultsOf(row, around)));
  const paths = [...around.files];
  return [...sentences].map((message) => ({ grade: 'shouldFix', code: 'document.invalid', message, paths }));
}

function faultsOf(row: ProbeMapEntry, { device, devices, channels, isSubject }: ProbeMapSurroundings): string[] {
  const probe = `${row.name} | ${row.reference}`;
  const named = parseDeviceString(row.deviceString);
  const faults: string[] = [];
  if (!isProbeType(row.type)) {
    const near = probeTypes.find((type) => isNear(type, row.type));
    const meant = near === undefined ? '' : ` Did you mean “${near}”?`;
    faults.push(`Probe map: NDI has no probes of the type “${row.type}” (${probe}).${meant}`);
  }
  if (!isSubject(row.subject)) {
    faults.push(`Probe map: “${row.subject}” is no subject (${probe}): write name@laboratory, without blanks.`);
  }
  if (!devices.some((one) => sameText(one, named.device))) {
    const there = devices.join(', ');
    faults.push(
      `Probe map: there is no DAQ system “${named.device}” (${probe}): its row counts nothing. There are ${there}.`,
    );
  }
  if (channels === null || !sameText(named.device, device)) return faults;
  const missing = named.channels.filter((channel) => !isThere(channel, channels));
  if (missing.length > 0) {
    const list = formatDeviceString({ device: 'x', channels: missing }).slice(2);
    faults.push(`Probe map: the recording has no ${list} (${probe}).`);
  }
  return faults;
}

/** Whether a channel, or the one whose samples its events are taken from, is there; metadata are no channels of a recording. */
function isThere({ type, number }: { type: string; number: number }, channels: ReadonlySet<string>): boolean {
  const prefix = channelPrefix(type.replace(/_t.*$/, ''));
  if (prefix === 'md') return true;
  const [, kind] = /^([ad])(?:e|im)[pn]$/.exec(prefix) ?? [];
  return channels.has(`${kind === undefined ? prefix : `${kind}i`}${number}`);
}

const sameText = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Whether two words differ by one letter that is missing, too many, another, or by their case. */
function isNear(known: string, written: string): boolean {
  const [a, b] = [known.toLowerCase(), written.toLowerCase()];
  if (Math.abs(a.length - b.length) > 1) return false;
  let same = 0;
  while (same < a.length && a[same] === b[same]) same += 1;
  const [restOfA, restOfB] = [a.slice(same), b.slice(same)];
  return restOfA.slice(1) === restOfB || restOfA === restOfB.slice(1) || restOfA.slice(1) === restOfB.slice(1);
}
