import { matrixDescriptionSchema, type MatrixDescription } from '../../../shared/contract/raw-matrix.ts';
import { withFile } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import type { WideWord } from '../word-decoder.ts';

const words = {
  int8: 'i8',
  uint8: 'u8',
  int16: 'i16',
  uint16: 'u16',
  int32: 'i32',
  uint32: 'u32',
  int64: 'i64',
  uint64: 'u64',
  single: 'f32',
  double: 'f64',
} as const satisfies Record<MatrixDescription['type'], WideWord>;

/** `<file>.json` beside a matrix. Nothing has a default that would be a guess. */
const { shape } = matrixDescriptionSchema;
const textSchema = matrixDescriptionSchema.extend({
  skip: shape.skip.default(0),
  order: shape.order.default('sample'),
  gain: shape.gain.default(1),
  offset: shape.offset.default(0),
  units: shape.units.default(''),
});

const MAX_BYTES = 1 << 20;

export function wordOf({ type, byteOrder }: MatrixDescription): WideWord {
  const word = words[type];
  return byteOrder === 'little-endian' || word === 'i8' || word === 'u8' ? word : `${word}be`;
}

export function bytesOf({ type }: MatrixDescription): number {
  return type === 'single' ? 4 : type === 'double' ? 8 : Number(/\d+/.exec(type)?.[0]) / 8;
}

/** Whether a text is meant for this: it names the mark. */
export function isDescription(path: string): boolean {
  return withFile(path, (file) => {
    if (file.size > MAX_BYTES) return false;
    const text = new TextDecoder().decode(file.view(0, file.size, 'the description'));
    return /"format"\s*:\s*"binary-matrix"/.test(text);
  });
}

/** @throws NdiError path.*, format.invalid naming the field */
export function readDescription(path: string): MatrixDescription {
  const text = withFile(path, (file) => {
    if (file.size > MAX_BYTES) throw formatFault('format.invalid', path, `it is too large (${file.size} bytes).`);
    return new TextDecoder().decode(file.view(0, file.size, 'the description'));
  });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    const said = error instanceof Error ? error.message : 'unreadable';
    throw formatFault('format.invalid', path, `it is not valid JSON: ${said}.`);
  }
  const parsed = textSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  const what = `${field === '' ? 'the description' : `"${field}"`} is not as it must be: ${issue?.message ?? 'unreadable'}.`;
  throw formatFault('format.invalid', path, what, { field });
}
