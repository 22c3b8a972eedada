import { basename } from 'node:path';
import { z } from 'zod';
import { matrixDescriptionSchema } from '../../../shared/contract/raw-matrix.ts';

const PREFIX = 'ndi-matrix:';

const matrixSchema = z.object({ file: z.string(), description: matrixDescriptionSchema });

/** A file of bare samples, and what somebody says of them. */
export type DescribedMatrix = z.infer<typeof matrixSchema>;

/** A description that is only tried stands nowhere: the file is opened by an address that holds it. */
export function matrixAddress(matrix: DescribedMatrix): string {
  return `${PREFIX}${JSON.stringify(matrix)}/${basename(matrix.file)}`;
}

export function isMatrixAddress(path: string): boolean {
  return path.startsWith(PREFIX);
}

export function parseMatrixAddress(path: string): DescribedMatrix {
  return matrixSchema.parse(JSON.parse(path.slice(PREFIX.length, path.lastIndexOf('/'))));
}
