import type { JsonObject, JsonValue } from '../../../shared/model/document-json.ts';
import type { NdiError } from '../../../shared/model/errors.ts';
import { formatFault } from '../file-faults.ts';
import { matToJson, readMatVariables, recordToJson, structRecords } from '../mat/mat-json.ts';
import { matNumbers } from '../mat/mat-numbers.ts';
import type { MatValue } from '../mat/mat5.ts';

/** What an `.analyzer` file of the Nielsen laboratory says of an experiment. */
export interface Analyzer {
  /** Parameters of each condition, that is of each stimulus id. */
  readonly conditions: readonly JsonObject[];
  /** The condition (1, 2, ...) shown at each place of the sequence; NaN where none is noted (an aborted run). */
  readonly displayOrder: readonly number[];
}

type Fields = ReadonlyMap<string, MatValue>;

/**
 * Reads an `.analyzer` file. Errors carry the id that NDI-matlab gives them in `details.id`
 * (`extractStimulusParameters`, reference section 12).
 * @throws NdiError format.*, path.*
 */
export function readAnalyzer(path: string): Analyzer {
  const analyzer = scalarStruct(readMatVariables(path, ['Analyzer']).get('Analyzer'));
  const { shared, conditions } = validate(path, analyzer ?? new Map());
  const read = conditions.map((condition, at) => ({ ...shared, ...loopValues(path, condition, at + 1) }));
  return { conditions: read, displayOrder: displayOrder(path, conditions) };
}

/**
 * The first `count` places of the sequence.
 * @throws NdiError format.invalid where they are not all known
 */
export function shownConditions(path: string, { displayOrder: order }: Analyzer, count: number): number[] {
  if (order.length < count) {
    const sentence = `${count} stimuli were shown, but it describes only ${order.length} presentations.`;
    throw fault(path, 'extractStimulusParameters:unassignedTrials', sentence);
  }
  const shown = order.slice(0, count);
  const gap = shown.findIndex((condition) => Number.isNaN(condition));
  if (gap < 0) return shown;
  const sentence = `no condition is noted for trial ${gap + 1} of ${order.length}.`;
  throw fault(path, 'extractStimulusParameters:unassignedTrials', sentence);
}

/** Machine fields (M), then primary parameters (P), as every condition has them. */
function validate(path: string, analyzer: Fields): { shared: JsonObject; conditions: Fields[] } {
  const missing = ['M', 'P', 'loops'].filter((name) => !analyzer.has(name));
  if (missing.length > 0) {
    throw fault(path, 'validateAnalyzerStructure:missingTopFields', `Analyzer has no field ${missing.join(', ')}.`);
  }
  const machine = scalarStruct(analyzer.get('M'));
  if (machine === null) throw fault(path, 'validateAnalyzerStructure:invalidM', 'Analyzer.M is no single struct.');
  const primary = scalarStruct(analyzer.get('P'));
  if (primary === null) throw fault(path, 'validateAnalyzerStructure:invalidP', 'Analyzer.P is no single struct.');
  const parameters = primary.get('param');
  if (parameters === undefined) {
    throw fault(path, 'validateAnalyzerStructure:missingPParam', 'Analyzer.P has no field param.');
  }
  const list = cells(parameters);
  if (list === null) {
    throw fault(path, 'validateAnalyzerStructure:invalidPParamType', 'Analyzer.P.param is no cell array.');
  }
  const conditions = validateLoops(path, analyzer.get('loops'));
  return { shared: { ...recordToJson(machine), ...primaryValues(path, list) }, conditions };
}

function validateLoops(path: string, value: MatValue | undefined): Fields[] {
  const loops = scalarStruct(value);
  if (loops === null) {
    throw fault(path, 'validateAnalyzerStructure:invalidLoops', 'Analyzer.loops is no single struct.');
  }
  const conds = loops.get('conds');
  if (conds === undefined) {
    throw fault(path, 'validateAnalyzerStructure:missingLoopsConds', 'Analyzer.loops has no field conds.');
  }
  const list = cells(conds);
  if (list === null) {
    const sentence = 'Analyzer.loops.conds is no cell array.';
    throw fault(path, 'validateAnalyzerStructure:invalidLoopsCondsType', sentence);
  }
  return list.map((one, at) => validateCondition(path, one, at + 1));
}

function validateCondition(path: string, value: MatValue, number: number): Fields {
  const condition = scalarStruct(value);
  if (condition === null) {
    throw fault(path, 'validateAnalyzerStructure:invalidCondsElement', `condition ${number} is no single struct.`);
  }
  const missing = ['symbol', 'val'].filter((name) => !condition.has(name));
  if (missing.length > 0) {
    const sentence = `condition ${number} has no field ${missing.join(', ')}.`;
    throw fault(path, 'validateAnalyzerStructure:missingCondFields', sentence);
  }
  if (!condition.has('repeats')) {
    throw fault(path, 'extractStimulusParameters:missingRepeats', `condition ${number} has no field repeats.`);
  }
  for (const name of ['symbol', 'val', 'repeats']) {
    if (cells(condition.get(name)) !== null) continue;
    const sentence = `the field ${name} of condition ${number} is no cell array.`;
    throw fault(path, 'validateAnalyzerStructure:invalidCondFieldTypes', sentence);
  }
  return condition;
}

/** `{ name, type, value, ... }` each. */
function primaryValues(path: string, list: readonly MatValue[]): JsonObject {
  const values: JsonObject = {};
  list.forEach((entry, at) => {
    const [name, , value] = cells(entry) ?? [];
    if (name?.kind !== 'text' || value === undefined) {
      const sentence = `entry ${at + 1} of Analyzer.P.param is not {name, type, value}.`;
      throw fault(path, 'extractStimulusParameters:invalidPCell', sentence);
    }
    if (!isIdentifier(name.text)) {
      const sentence = `entry ${at + 1} of Analyzer.P.param has the name "${name.text}", which cannot name a field.`;
      throw fault(path, 'extractStimulusParameters:invalidPName', sentence);
    }
    setValue(values, name.text, matToJson(value));
  });
  return values;
}

function loopValues(path: string, condition: Fields, number: number): JsonObject {
  const symbols = cells(condition.get('symbol')) ?? [];
  const held = cells(condition.get('val')) ?? [];
  if (symbols.length !== held.length) {
    const sentence = `condition ${number} has ${symbols.length} symbols and ${held.length} values.`;
    throw fault(path, 'extractStimulusParameters:missingLoopFields', sentence);
  }
  const values: JsonObject = {};
  symbols.forEach((symbol, at) => {
    if (symbol.kind !== 'text' || !isIdentifier(symbol.text)) {
      const sentence = `symbol ${at + 1} of condition ${number} cannot name a field.`;
      throw fault(path, 'extractStimulusParameters:invalidLoopName', sentence);
    }
    const value = held[at];
    setValue(values, symbol.text, value === undefined ? undefined : matToJson(value));
  });
  return values;
}

/** A repeat tells the places of the sequence at which its condition was shown: one, several, or (never shown) none. */
function displayOrder(path: string, conditions: readonly Fields[]): number[] {
  const order: number[] = [];
  conditions.forEach((condition, at) => {
    const repeats = cells(condition.get('repeats')) ?? [];
    repeats.forEach((repeat, index) => {
      for (const trial of trialNumbers(path, repeat, `condition ${at + 1}, repeat ${index + 1}`)) {
        if (order[trial - 1] !== undefined) {
          const sentence = `trial ${trial} belongs to the conditions ${order[trial - 1] ?? ''} and ${at + 1}.`;
          throw fault(path, 'extractStimulusParameters:duplicateTrial', sentence);
        }
        order[trial - 1] = at + 1;
      }
    });
  });
  return Array.from(order, (condition) => (condition as number | undefined) ?? NaN);
}

const MOST_TRIALS = 10_000_000;

function trialNumbers(path: string, repeat: MatValue, where: string): readonly number[] {
  const stated = scalarStruct(repeat)?.get('trialno');
  if (stated === undefined) {
    throw fault(path, 'extractStimulusParameters:invalidRepeatStruct', `${where} has no field trialno.`);
  }
  const numbers = stated.kind === 'numbers' ? [...matNumbers(stated)] : null;
  const wrong = numbers?.find((one) => !Number.isInteger(one) || one < 1 || one > MOST_TRIALS);
  if (numbers !== null && wrong === undefined) return numbers;
  const sentence = `${where} has the trial number ${wrong ?? 'that is no number'}.`;
  throw fault(path, 'extractStimulusParameters:invalidTrialNum', sentence);
}

function setValue(values: JsonObject, name: string, value: JsonValue | undefined): void {
  if (value !== undefined) values[name] = value;
}

/** What MATLAB takes for the name of a field. */
function isIdentifier(name: string): boolean {
  return /^[A-Za-z]\w{0,62}$/.test(name) && name !== '__proto__';
}

function scalarStruct(value: MatValue | undefined): Fields | null {
  if (value?.kind !== 'struct') return null;
  const records = structRecords(value);
  return records.length === 1 ? (records[0] ?? null) : null;
}

function cells(value: MatValue | undefined): readonly MatValue[] | null {
  return value?.kind === 'cell' ? value.items : null;
}

function fault(path: string, id: string, sentence: string): NdiError {
  return formatFault('format.invalid', path, sentence, { id });
}
