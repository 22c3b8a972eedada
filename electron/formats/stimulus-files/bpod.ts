import { readFileSync } from 'node:fs';
import type { JsonObject } from '../../../shared/model/document-json.ts';
import { formatFault, toReadFault } from '../file-faults.ts';

/** Solenoids of the rig; the id after them is the wash. */
const SOLENOIDS = 6;
const WASH = SOLENOIDS + 1;
/** A valve that is open longer than this washes. */
const WASH_AFTER_SEC = 5;

/** One row of `*_stimulus_triggers_log.tsv`. */
export interface BpodTrial {
  readonly stimulusId: number;
  /** Seconds after midnight. */
  readonly on: number;
  readonly off: number;
}

/**
 * Parameters of the seven stimuli of a taste experiment (`*_summary_log.json`): six solenoids and the wash.
 * @throws NdiError format.*, path.*
 */
export function readBpodSummary(path: string): JsonObject[] {
  const summary = parseObject(path);
  const need = (name: string) => {
    const value = summary[name];
    if (value !== undefined) return value;
    throw formatFault('format.invalid', path, `it has no ${name}.`, { field: name });
  };
  const common = {
    DelayBeforeNextStim: need('DelayB4NextStim'),
    WashDuration: need('WashDuration'),
    InterStimulusTime: need('InterStimTime'),
  };
  const solenoids = Array.from({ length: SOLENOIDS }, (_, at): JsonObject => {
    const number = at + 1;
    const tastant = need(`Sol${number}_Tastant`);
    return {
      stimid: number,
      isUsed: need(`Sol${number}`),
      solenoidValve: need(`Sol${number}Valve`),
      tastant,
      solenoidOpenDuration: need(`Stim${number}OpenDuration`),
      ...common,
      isblank: typeof tastant === 'string' && tastant.toLowerCase() === 'water' ? 1 : 0,
    };
  });
  const wash: JsonObject = {
    stimid: WASH,
    isUsed: 1,
    solenoidValve: need('WaterSolenoidNum'),
    tastant: 'Water',
    solenoidOpenDuration: common.WashDuration,
    ...common,
    isblank: 0,
  };
  return [...solenoids, wash];
}

/**
 * The trials of a stimulus log: valve, open time, start and end as numbers HHMMSS.
 * @throws NdiError format.*, path.*
 */
export function readBpodLog(path: string): BpodTrial[] {
  const [, ...lines] = readText(path).split(/\r\n|\r|\n/);
  return lines.flatMap((line, at) => {
    if (line.trim() === '') return [];
    const cells = line.split('\t').map((cell) => (cell.trim() === '' ? NaN : Number(cell)));
    const [valve = NaN, openSec = NaN, start = NaN, end = NaN] = cells;
    const [on, off] = [clockSeconds(start), clockSeconds(end)];
    if (Number.isNaN(valve + openSec + on + off)) {
      const sentence = `line ${at + 2} is not valve, open time, start and end (HHMMSS).`;
      throw formatFault('format.invalid', path, sentence, { line: at + 2 });
    }
    return [{ stimulusId: openSec > WASH_AFTER_SEC ? WASH : valve, on, off }];
  });
}

/** Seconds after midnight of 142501.5, which is 14:25:01.5. */
function clockSeconds(stamp: number): number {
  return Math.floor(stamp / 10_000) * 3600 + Math.floor((stamp % 10_000) / 100) * 60 + (stamp % 100);
}

function parseObject(path: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(readText(path));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw formatFault('format.invalid', path, `it is no JSON (${error.message}).`);
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw formatFault('format.invalid', path, 'it is no JSON object.');
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
  } catch (error) {
    throw toReadFault(error, path);
  }
}
