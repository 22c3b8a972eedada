import { z } from 'zod';

/** Types of the values of a raw matrix, by the names of MATLAB. */
export const matrixTypeSchema = z.enum([
  'int8',
  'uint8',
  'int16',
  'uint16',
  'int32',
  'uint32',
  'int64',
  'uint64',
  'single',
  'double',
]);

/** The mark by which the text beside a raw matrix is known. */
export const MATRIX_MARK = 'binary-matrix';

/** What somebody says of a file of bare samples, which tells nothing itself (`docs/raw-matrix.md`). */
export const matrixDescriptionSchema = z.strictObject({
  format: z.literal(MATRIX_MARK),
  channels: z.int().min(1).max(100_000),
  type: matrixTypeSchema,
  byteOrder: z.enum(['little-endian', 'big-endian']),
  /** Samples of a channel per second. */
  sampleRate: z.number().positive().max(1e12),
  /** Bytes before the first value. */
  skip: z.int().min(0),
  /** `sample`: the values of one sample lie together; `channel`: those of one channel. */
  order: z.enum(['sample', 'channel']),
  /** physical = value x gain + offset, in `units`. */
  gain: z.number().refine((gain) => gain !== 0, { message: 'must not be 0' }),
  offset: z.number(),
  units: z.string().max(40),
});
export type MatrixDescription = z.infer<typeof matrixDescriptionSchema>;
