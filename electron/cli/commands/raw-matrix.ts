import { matrixDescriptionSchema, MATRIX_MARK } from '../../../shared/contract/raw-matrix.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { Command } from '../run.ts';

interface MatrixOptions {
  readonly channels?: number;
  readonly type?: string;
  readonly rate?: number;
  readonly byteOrder: string;
  readonly skip: number;
  readonly order: string;
  readonly gain: number;
  readonly offset: number;
  readonly units: string;
  readonly remove?: boolean;
}

export const describeMatrix: Command<MatrixOptions> = async (run, [...files], options) => {
  const description = options.remove === true ? null : descriptionOf(options);
  const value = await run.call((client) =>
    client.imports.describeMatrix({ files: files.map((file) => run.path(file)), description }),
  );
  const done = description === null ? 'Taken away' : 'Written';
  return { value, text: () => value.texts.map((text) => `${done}: ${text}`).join('\n') };
};

function descriptionOf({ channels, type, rate, byteOrder, skip, order, gain, offset, units }: MatrixOptions) {
  const said = { channels, type, sampleRate: rate, byteOrder, skip, order, gain, offset, units };
  const parsed = matrixDescriptionSchema.safeParse({ format: MATRIX_MARK, ...said });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new NdiError({
    code: 'usage.invalid',
    message: `What is said of the matrix cannot be: ${String(issue?.path[0] ?? '')} ${issue?.message ?? ''}.`,
    recovery: 'Say at least --channels, --type and --rate: a raw file tells nothing itself.',
    details: { field: String(issue?.path[0] ?? '') },
  });
}
