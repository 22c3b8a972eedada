import { type DeviceString, parseDeviceString } from './device-string.ts';

/** A row of an epoch's probe map, as far as it tells where a probe was. */
interface ProbeRow {
  readonly name: string;
  readonly reference: number;
  readonly type: string;
  readonly deviceString: string;
}

/**
 * The device strings of a probe in an epoch, one a row of the probe map, in their order: a probe may have several, and
 * its channels are those of all of them, one after the other (daq-epochs-time reference, section 14.4). Where probes of
 * several types share name and reference, the first is meant.
 * @param name whatever its case
 * @throws NdiError document.invalid for a device string that is none
 */
export function probeDevices(rows: readonly ProbeRow[], name: string, reference: number): DeviceString[] {
  const named = rows.filter((row) => row.name.toLowerCase() === name.toLowerCase() && row.reference === reference);
  const type = named[0]?.type.toLowerCase();
  return named.filter((row) => row.type.toLowerCase() === type).map((row) => parseDeviceString(row.deviceString));
}
