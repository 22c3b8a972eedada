import { formatFault } from '../file-faults.ts';
import { withFile } from '../file-bytes.ts';

/** The text beside a `.bin`: lines `key=value`. */
export interface Meta {
  readonly path: string;
  readonly values: ReadonlyMap<string, string>;
}

export type StreamType = 'imec' | 'nidq' | 'obx';

/** The largest real ones (1,536 channels) have 75 KB. */
const MAX_BYTES = 16 << 20;

/** @throws NdiError path.*, format.invalid when it is no text of SpikeGLX */
export function readMeta(path: string): Meta {
  const text = withFile(path, (file) => {
    if (file.size > MAX_BYTES) {
      throw formatFault('format.invalid', path, `it is too large for a .meta file (${file.size} bytes).`, {
        size: file.size,
      });
    }
    const view = file.view(0, file.size, 'the .meta text');
    return new TextDecoder().decode(view);
  });
  return { path, values: parseMeta(text, path) };
}

/** Splits lines at their first `=`: values may hold more of them. Keys of tables begin with `~`. */
export function parseMeta(text: string, path: string): Map<string, string> {
  if (text.includes('\0')) throw formatFault('format.invalid', path, 'it holds binary data where text should be.');
  const values = new Map<string, string>();
  for (const line of text.split(/\r?\n/)) {
    const at = line.indexOf('=');
    if (at > 0) values.set(line.slice(0, at).trim(), line.slice(at + 1).trim());
  }
  if (!values.has('typeThis')) {
    throw formatFault('format.invalid', path, 'it is no .meta file of SpikeGLX: the line typeThis is missing.', {
      field: 'typeThis',
    });
  }
  return values;
}

export function streamType(meta: Meta): StreamType {
  const type = meta.values.get('typeThis') ?? '';
  if (type === 'imec' || type === 'nidq' || type === 'obx') return type;
  throw invalidValue(meta, 'typeThis', 'is no kind of stream that is known');
}

/**
 * The number of a line; undefined where the line is missing or empty.
 * @throws NdiError format.invalid where it is no number
 */
export function numberOf(meta: Meta, key: string): number | undefined {
  const text = meta.values.get(key);
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) throw invalidValue(meta, key, 'is no number');
  return value;
}

/** A number that must be there and above zero. */
export function positive(meta: Meta, key: string): number {
  const value = numberOf(meta, key);
  if (value === undefined) throw missingLine(meta, key);
  if (value <= 0) throw invalidValue(meta, key, 'must be more than zero');
  return value;
}

/** Counts separated by commas: `384,0,1`. */
export function counts(meta: Meta, key: string, length: number): number[] {
  const text = meta.values.get(key);
  if (text === undefined) throw missingLine(meta, key);
  const list = text.split(',').map(Number);
  if (list.length === length && list.every((count) => Number.isSafeInteger(count) && count >= 0)) return list;
  throw invalidValue(meta, key, `must be ${length} counts`);
}

/** The parentheses of a table without the header, and the header itself; some programs drop the `~` of the key. */
export function table(meta: Meta, key: string): { header: string; entries: string[] } | null {
  const text = meta.values.get(`~${key}`) ?? meta.values.get(key);
  const [header, ...entries] = Array.from(text?.matchAll(/\(([^()]*)\)/g) ?? [], ([, inside = '']) => inside);
  return header === undefined ? null : { header, entries };
}

export function missingLine(meta: Meta, key: string) {
  return formatFault('format.invalid', meta.path, `the line ${key} is missing.`, { field: key });
}

export function invalidValue(meta: Meta, key: string, what: string) {
  const value = (meta.values.get(key) ?? '').slice(0, 80);
  return formatFault('format.invalid', meta.path, `${key}=${value} ${what}.`, { field: key, value });
}
