import { basename } from 'node:path';
import { NdiError } from '../../../../shared/model/errors.ts';
import { defaultParameters } from '../../../../shared/model/sync-rules.ts';
import { identityMapping } from '../../../../shared/model/time-mapping.ts';
import type { SetEpoch } from '../epoch-sets.ts';
import { type ClockFit, plainFit } from '../graph/clock-fit.ts';
import { checkParameters, textParameter } from './parameters.ts';
import { knownFit, laterFit, namedDevices, type RuleContext, type RuleKind } from './rule.ts';
import { epochsSharingFiles } from './shared-files.ts';

/** One for all pairs: the clocks are the same. */
const sameClock = knownFit({ ...plainFit(identityMapping), residualMaxSec: 0, residualRmsSec: 0 });

/** Epochs of two devices that read the same files are on the same clock (reference, section 21.1). */
export const filematch: RuleKind = {
  className: 'ndi.time.syncrule.filematch',
  name: 'filematch',
  defaults: defaultParameters('filematch'),
  check: (parameters) => checkParameters('filematch', parameters),
  devices: () => [],
  pairs(parameters, { devices }) {
    const least = Number(parameters['number_fullpath_matches']);
    const pairs = epochsSharingFiles(devices, least).map(({ a, b }) => ({ a, b, clock: null, fit: sameClock }));
    const reason = `No two epochs of different DAQ systems share ${least} ${least === 1 ? 'file' : 'files'}.`;
    return Promise.resolve({ pairs, reason: pairs.length === 0 ? reason : null });
  },
};

/** A text file of the first device's epoch holds shift and scale (reference, section 21.2). */
export const filefind: RuleKind = {
  className: 'ndi.time.syncrule.filefind',
  name: 'filefind',
  defaults: defaultParameters('filefind'),
  check: (parameters) => checkParameters('filefind', parameters),
  devices: (parameters) => [textParameter(parameters, 'daqsystem1'), textParameter(parameters, 'daqsystem2')],
  pairs(parameters, context) {
    const named = namedDevices(context, filefind.devices(parameters));
    if (typeof named === 'string') return Promise.resolve({ pairs: [], reason: named });
    const least = Number(parameters['number_fullpath_matches']);
    const name = textParameter(parameters, 'syncfilename');
    const pairs = epochsSharingFiles(named, least).map(({ a, b }) => {
      return { a, b, clock: null, fit: laterFit(() => readSyncFile(context, a.epoch, name)) };
    });
    const reason = `No epoch of the first device shares ${least} ${least === 1 ? 'file' : 'files'} with one of the second.`;
    return Promise.resolve({ pairs, reason: pairs.length === 0 ? reason : null });
  },
};

function readSyncFile(context: RuleContext, epoch: SetEpoch, name: string): ClockFit {
  const path = epoch.files.find((file) => basename(file) === name);
  const text = path === undefined ? null : context.readText(path);
  if (path === undefined || text === null) throw badSyncFile(name, `No file of the epoch ${epoch.epochId} is ${name}.`);
  const numbers = text.split(/[\s,;]+/).filter((word) => word !== '');
  const [shift = Number.NaN, scale = Number.NaN] = numbers.map(Number);
  if (!Number.isFinite(shift) || !Number.isFinite(scale)) {
    throw badSyncFile(path, `${path} does not hold two numbers, shift and scale.`);
  }
  // A scale of 0 has no way back, and no clock runs backwards.
  if (scale <= 0) throw badSyncFile(path, `${path} says that a clock stands still or runs backwards (scale ${scale}).`);
  return plainFit([scale, shift]);
}

function badSyncFile(path: string, message: string): NdiError {
  return new NdiError({
    code: 'time.noFit',
    message,
    recovery: 'Check the file that the rule names.',
    details: { path },
  });
}
