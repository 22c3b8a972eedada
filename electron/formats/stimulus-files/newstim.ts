import type { JsonObject } from '../../../shared/model/document-json.ts';
import { formatFault } from '../file-faults.ts';
import { readMatVariables, recordToJson, structRecords } from '../mat/mat-json.ts';
import { matNumbers } from '../mat/mat-numbers.ts';
import type { MatValue } from '../mat/mat5.ts';

/** When NewStim itself measured a stimulus, in seconds of the stimulus computer. */
export interface MeasuredTrial {
  readonly stimulusId: number;
  readonly open: number;
  readonly on: number;
  readonly off: number;
  readonly close: number;
}

const NESTING = 8;

/**
 * Parameters of the stimuli of a NewStim script (`saveScript` of `stims.mat`), in script order. NewStim's classes are
 * of MATLAB's old kind, whose objects are stored as structs; a script that was saved as an object of a `classdef` class
 * cannot be read, as its form is not published.
 * @throws NdiError format.*, path.*
 */
export function readStimulusScript(path: string): JsonObject[] {
  const script = readMatVariables(path, ['saveScript']).get('saveScript');
  if (script?.kind === 'other') throw opaque(path, 'the stimulus script');
  const stimuli =
    script === undefined ? null : findField(script, (value, name) => name === 'Stims' && value.kind === 'cell');
  if (stimuli?.kind !== 'cell') {
    throw formatFault('format.invalid', path, 'saveScript is no stimulus script: it has no list of stimuli (Stims).');
  }
  return stimuli.items.map((stimulus, at) => {
    if (stimulus.kind === 'other') throw opaque(path, `stimulus ${at + 1}`);
    // `params` of the object itself or of the class that it stands on; periodic stimuli call it `PSparams`.
    const held =
      findField(stimulus, (value, name) => name === 'params' && value.kind === 'struct') ??
      findField(stimulus, (value, name) => /^\w*params$/i.test(name) && value.kind === 'struct');
    const [record] = held?.kind === 'struct' ? structRecords(held) : [];
    if (record !== undefined) return recordToJson(record);
    throw formatFault('format.invalid', path, `stimulus ${at + 1} of saveScript has no parameters (params).`);
  });
}

/**
 * Measured times of the trials (`MTI2`), in the order in which they were shown.
 * @throws NdiError format.*, path.*
 */
export function readMeasuredTrials(path: string): MeasuredTrial[] {
  const measured = readMatVariables(path, ['MTI2']).get('MTI2');
  if (measured?.kind !== 'cell') throw formatFault('format.invalid', path, 'MTI2 is no cell array.');
  return measured.items.map((trial, at) => {
    const [record] = trial.kind === 'struct' ? structRecords(trial) : [];
    const [stimulusId] = numbersOf(record?.get('stimid'));
    const [open, on, off, close] = numbersOf(record?.get('startStopTimes'));
    if (
      stimulusId === undefined ||
      open === undefined ||
      on === undefined ||
      off === undefined ||
      close === undefined
    ) {
      const sentence = `trial ${at + 1} of MTI2 has no stimid or no startStopTimes of four times.`;
      throw formatFault('format.invalid', path, sentence);
    }
    return { stimulusId, open, on, off, close };
  });
}

function numbersOf(value: MatValue | undefined): readonly number[] {
  return value?.kind === 'numbers' ? [...matNumbers(value)] : [];
}

/** The first field that fits, of the object itself, else of those inside it (the classes that it stands on). */
function findField(value: MatValue, fits: (value: MatValue, name: string) => boolean, depth = 0): MatValue | null {
  if (value.kind !== 'struct' || depth > NESTING) return null;
  const [record] = structRecords(value);
  const entries = [...(record ?? [])];
  const own = entries.find(([name, held]) => fits(held, name));
  if (own !== undefined) return own[1];
  for (const [, held] of entries) {
    if (held.kind !== 'struct' || held.className === undefined) continue;
    const found = findField(held, fits, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

function opaque(path: string, what: string) {
  const sentence = `${what} is an object of a new MATLAB class, which only MATLAB can read. Save its parameters as structs.`;
  return formatFault('format.unsupported', path, sentence);
}
