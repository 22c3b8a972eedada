import { withFile } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import type { WideWord } from '../word-decoder.ts';
import { ownValue } from '../../../shared/model/own-value.ts';

const words: Readonly<Record<string, WideWord>> = {
  int8: 'i8',
  uint8: 'u8',
  int16: 'i16',
  uint16: 'u16',
  int32: 'i32',
  int64: 'i64',
  float32: 'f32',
  single: 'f32',
  float64: 'f64',
  double: 'f64',
};

/** What `params.py` says of the raw data from which spikes were sorted. */
export interface Params {
  readonly sampleRate: number;
  readonly rawPaths: readonly string[];
  /** 0 where the raw data are not described. */
  readonly rawChannels: number;
  /** Null for a type that is not known. */
  readonly word: WideWord | null;
  /** Bytes before the first sample of each raw file. */
  readonly offset: number;
}

/** A list of settings, never a program. */
const MAX_BYTES = 256 * 1024;
/** More than any probe has: what a slip of the keyboard says must not fill the memory. */
const MOST_CHANNELS = 20_000;

/**
 * Reads `params.py` without ever running it: lines of the form `name = literal` count, all others do not.
 * @throws NdiError format.invalid without a usable sample rate, path.*
 */
export function readParams(path: string): Params {
  const text = withFile(path, (file) => {
    if (file.size > MAX_BYTES) {
      throw formatFault('format.invalid', path, 'it is far too large for a list of settings.', { size: file.size });
    }
    return new TextDecoder().decode(file.view(0, file.size, 'the settings'));
  });
  const settings = parseSettings(text);
  const number = (name: string) => {
    const value = settings.get(name);
    return typeof value === 'number' && Number.isFinite(value) ? value : null;
  };
  const sampleRate = number('sample_rate') ?? 0;
  if (!(sampleRate > 0)) {
    const value = String(settings.get('sample_rate') ?? 'missing');
    throw formatFault('format.invalid', path, `its sample_rate is no rate (${value}).`, {
      field: 'sample_rate',
      value,
    });
  }
  const rawPath = settings.get('dat_path');
  const channels = number('n_channels_dat') ?? 0;
  const offset = number('offset') ?? 0;
  return {
    sampleRate,
    rawPaths: typeof rawPath === 'string' ? [rawPath] : Array.isArray(rawPath) ? rawPath : [],
    rawChannels: Number.isSafeInteger(channels) && channels > 0 && channels <= MOST_CHANNELS ? channels : 0,
    word: ownValue(words, String(settings.get('dtype') ?? 'int16')) ?? null,
    offset: Number.isSafeInteger(offset) && offset > 0 ? offset : 0,
  };
}

type Literal = string | number | boolean | null | string[];

/** Lines `name = literal`: numbers, strings (also raw ones), lists of strings, True, False, None. */
export function parseSettings(text: string): Map<string, Literal> {
  const settings = new Map<string, Literal>();
  for (const line of text.split(/\r?\n/)) {
    const [, name, rest = ''] = /^\s*([A-Za-z_]\w*)\s*=\s*(\S.*)$/.exec(line) ?? [];
    const value = name === undefined ? undefined : parseLiteral(rest);
    if (name !== undefined && value !== undefined) settings.set(name, value);
  }
  return settings;
}

const STRING = /^(r?)(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/i;
const END = /^\s*(#.*)?$/;

/** `undefined` for what is no literal of these kinds. */
function parseLiteral(text: string): Literal | undefined {
  const string = takeString(text);
  if (string !== null) return END.test(string.rest) ? string.value : undefined;
  const [, word = '', rest = ''] = /^([^\s#,[\]]+)(.*)$/.exec(text) ?? [];
  if (word !== '' && END.test(rest)) {
    if (word === 'True' || word === 'False') return word === 'True';
    if (word === 'None') return null;
    const value = Number(word.replaceAll('_', ''));
    return Number.isNaN(value) ? undefined : value;
  }
  return /^[[(]/.test(text) ? parseList(text) : undefined;
}

function parseList(text: string): string[] | undefined {
  const items: string[] = [];
  for (let rest = text.slice(1).trimStart(); ;) {
    if (/^[\])]/.test(rest)) return END.test(rest.slice(1)) ? items : undefined;
    const item = takeString(rest);
    if (item === null) return undefined;
    items.push(item.value);
    rest = item.rest.trimStart().replace(/^,\s*/, '');
  }
}

function takeString(text: string): { value: string; rest: string } | null {
  const match = STRING.exec(text);
  if (match === null) return null;
  const [whole, raw = '', single, double] = match;
  const body = single ?? double ?? '';
  // A raw string keeps its backslashes; of escapes only those matter that paths are written with.
  const value = raw === '' ? body.replace(/\\(.)/g, '$1') : body;
  return { value, rest: text.slice(whole.length) };
}
