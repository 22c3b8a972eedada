import {
  MATRIX_MARK,
  type MatrixDescription,
  matrixDescriptionSchema,
} from '../../../../shared/contract/raw-matrix.ts';

/** A description while it is written: numbers may be missing, or be texts that are none yet. */
export type MatrixDraft = {
  readonly [Field in keyof Omit<MatrixDescription, 'format'>]: MatrixDescription[Field] extends number
    ? number | string
    : MatrixDescription[Field];
};

/** How a raw file begins that nobody has spoken of: what would be a guess is left open. */
export const emptyDraft: MatrixDraft = {
  ...{ channels: '', type: 'int16', byteOrder: 'little-endian', sampleRate: '' },
  ...{ skip: 0, order: 'sample', gain: 1, offset: 0, units: '' },
};

export function draftOf(description: MatrixDescription): MatrixDraft {
  const { channels, type, byteOrder, sampleRate, skip, order, gain, offset, units } = description;
  return { channels, type, byteOrder, sampleRate, skip, order, gain, offset, units };
}

/** What a draft says; null while it lacks anything. */
export function descriptionOf(draft: MatrixDraft): MatrixDescription | null {
  const parsed = matrixDescriptionSchema.safeParse({ format: MATRIX_MARK, ...draft });
  return parsed.success ? parsed.data : null;
}

/** The fields that hold what cannot be; empty ones are not among them. */
export function wrongFields(draft: MatrixDraft): ReadonlySet<string> {
  const parsed = matrixDescriptionSchema.safeParse({ format: MATRIX_MARK, ...draft });
  const fields = parsed.error?.issues.map(({ path }) => String(path[0])) ?? [];
  return new Set(fields.filter((field) => draft[field as keyof MatrixDraft] !== ''));
}

/** A description that was kept by the page, if it is sound. */
export function acceptDraft(kept: unknown): MatrixDraft | undefined {
  const parsed = matrixDescriptionSchema.omit({ format: true }).safeParse(kept);
  return parsed.data;
}
