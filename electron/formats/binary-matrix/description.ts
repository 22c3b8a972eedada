import { z } from 'zod';
import { withFile } from '../file-bytes.ts';
import { formatFault } from '../file-faults.ts';
import type { WideWord } from '../word-decoder.ts';

/** Types of values by the names of MATLAB, and their words. */
const types = {
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
} as const satisfies Record<string, WideWord>;

type TypeName = keyof typeof types;

/** The mark by which the text beside a matrix is known. */
export const DESCRIPTION_MARK = 'binary-matrix';

/**
 * What somebody must say of a matrix, which tells nothing itself: `<file>.json` beside it. Nothing has a default that
 * would be a guess.
 */
const descriptionSchema = z.strictObject({
  format: z.literal(DESCRIPTION_MARK),
  channels: z.int().min(1).max(100_000),
  type: z.enum(Object.keys(types) as [TypeName, ...TypeName[]]),
  byteOrder: z.enum(['little-endian', 'big-endian']),
  /** Samples of a channel per second. */
  sampleRate: z.number().positive().max(1e12),
  /** Bytes before the first value. */
  skip: z.int().min(0).default(0),
  /** `sample`: the values of one sample lie together; `channel`: those of one channel. */
  order: z.enum(['sample', 'channel']).default('sample'),
  /** physical = value x gain + offset, in `units`. */
  gain: z
    .number()
    .refine((gain) => gain !== 0, { message: 'must not be 0' })
    .default(1),
  offset: z.number().default(0),
  units: z.string().max(40).default(''),
});
export type Description = z.infer<typeof descriptionSchema>;

const MAX_BYTES = 1 << 20;

export function wordOf({ type, byteOrder }: Description): WideWord {
  const word = types[type];
  return byteOrder === 'little-endian' || word === 'i8' || word === 'u8' ? word : `${word}be`;
}

export function bytesOf({ type }: Description): number {
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
export function readDescription(path: string): Description {
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
  const parsed = descriptionSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const field = issue?.path.join('.') ?? '';
  const what = `${field === '' ? 'the description' : `"${field}"`} is not as it must be: ${issue?.message ?? 'unreadable'}.`;
  throw formatFault('format.invalid', path, what, { field });
}
