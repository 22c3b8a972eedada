import { parseDeviceString } from '../../shared/model/device-string.ts';
import { NdiError } from '../../shared/model/errors.ts';
import type { Element } from '../ndi/epochs/elements.ts';
import type { Epoch } from '../ndi/epochs/epoch.ts';

type ProbeName = Pick<Element, 'name' | 'reference' | 'type'>;

/** Channels by which a probe was recorded in an epoch, in the order of its probe map; empty where it was not. */
export function probeChannels(epoch: Epoch, probe: ProbeName): string[] {
  return epoch.probeMap.flatMap((row) => {
    const isIt =
      row.name === probe.name &&
      row.reference === probe.reference &&
      row.type.toLowerCase() === probe.type.toLowerCase();
    return isIt ? channelsOf(row.deviceString, epoch.device) : [];
  });
}

function channelsOf(deviceString: string, device: string): string[] {
  try {
    const parsed = parseDeviceString(deviceString);
    if (parsed.device.toLowerCase() !== device.toLowerCase()) return [];
    return parsed.channels.map(({ type, number }) => `${type}${number}`);
  } catch (error) {
    // A device string that cannot be read is a problem of the epoch, told on the session's page.
    if (error instanceof NdiError) return [];
    throw error;
  }
}
