import type { Problem } from '../../../shared/contract/common.ts';
import { note } from '../problems.ts';
import type { NevHeader } from './nev-header.ts';
import type { NsxHeader } from './nsx-header.ts';

export interface Scale {
  readonly units: string;
  readonly gain: number;
  readonly offset: number;
}

/** Electrodes of the array; higher ids are analog inputs. */
const LAST_ARRAY_ELECTRODE = 128;

/**
 * The scale of every channel. Spec 2.1 keeps none: it comes from the NEV file of the same stem; without one, 0.25 uV a
 * bit is usual for electrodes, and words of other inputs stay as they are.
 */
export function channelScales(header: NsxHeader, nev: NevHeader | null, path: string, problems: Problem[]): Scale[] {
  let assumed = 0;
  let unscaled = 0;
  const scales = header.channels.map(({ electrode, scale }): Scale => {
    if (scale !== null) return scale;
    const nanovolts = nev?.nanovolts.get(electrode);
    if (nanovolts !== undefined && nanovolts > 0) return { units: 'uV', gain: nanovolts / 1000, offset: 0 };
    if (electrode >= 1 && electrode <= LAST_ARRAY_ELECTRODE) {
      assumed += 1;
      return { units: 'uV', gain: 0.25, offset: 0 };
    }
    unscaled += 1;
    return { units: '', gain: 1, offset: 0 };
  });
  if (assumed > 0) {
    const message = `0.25 uV a bit is assumed for ${assumed} electrodes: the file has no scale and no .nev beside it tells.`;
    problems.push(note('recording.assumedScale', message, path));
  }
  if (unscaled > 0) {
    const message = `${unscaled} analog inputs have no scale in this file: their values are the stored words.`;
    problems.push(note('recording.assumedScale', message, path));
  }
  return scales;
}
