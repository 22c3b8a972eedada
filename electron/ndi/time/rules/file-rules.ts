import { basename } from 'node:path';
import { NdiError } from '../../../../shared/model/errors.ts';
import { identityMapping, reverseMapping } from '../../../../shared/model/time-mapping.ts';
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
  defaults: { number_fullpath_matches: 2 },
  check: (parameters) => checkParameters('filematch', { number_fullpath_matches: 'count' }, parameters),
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
  defaults: { number_fullpath_matches: 1, syncfilename: 'syncfile.txt', daqsystem1: 'mydaq1', daqsystem2: 'mydaq2' },
  check(parameters) {
    const kinds = {
      number_fullpath_matches: 'count',
      syncfilename: 'text',
      daqsystem1: 'text',
      daqsystem2: 'text',
    } as const;
    checkParameters('filefind', kinds, parameters);
  },
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
  const mapping = [scale, shift];
  // A scale of 0 has no way back.
  reverseMapping(mapping);
  return plainFit(mapping);
}

function badSyncFile(path: string, message: string): NdiError {
  return new NdiError({
    code: 'time.noFit',
    message,
    recovery: 'Check the file that the rule names.',
    details: { path },
  });
}
