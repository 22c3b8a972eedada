import { rmSync, statSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import type { CallInputs, CallOutputs } from '../../../shared/contract/contract.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { toFileError } from '../../files/file-faults.ts';
import { readSmallText, writeWhole } from '../../files/whole-files.ts';
import { matrixAddress } from '../../formats/binary-matrix/address.ts';
import { matrixTextOf } from '../../formats/binary-matrix/binary-matrix.ts';
import { isDescription, readDescription } from '../../formats/binary-matrix/description.ts';
import { fullPath } from '../open-items.ts';
import type { Services } from '../services.ts';
import { requireWritable, toWriteError } from '../writable-folder.ts';

type Answer = CallOutputs['imports'];

/**
 * What is known of a file as a raw matrix. A description that cannot be read counts as none: it can be made anew.
 * @throws NdiError path.*, format.unsupported for a folder
 */
export function matrixOf(path: string): Answer['matrix'] {
  const file = fullPath(path);
  const sizeBytes = sizeOf(file);
  try {
    return { file, sizeBytes, description: readDescription(matrixTextOf(file)) };
  } catch {
    return { file, sizeBytes, description: null };
  }
}

/**
 * Writes what somebody says of raw matrices beside them, once each file can be read so; or takes those texts away.
 * @throws NdiError format.truncated, path.notEmpty where another text has the name, path.*
 */
export async function describeMatrix(
  services: Pick<Services, 'workers'>,
  { files, description }: CallInputs['imports']['describeMatrix'],
  signal?: AbortSignal,
): Promise<Answer['describeMatrix']> {
  const full = files.map(fullPath);
  for (const file of full) {
    refuseOther(file);
    if (description !== null) await services.workers.describe(matrixAddress({ file, description }), signal);
  }
  for (const folder of new Set(full.map(dirname))) await requireWritable(folder);
  const texts = full.map(matrixTextOf);
  const said = full.map((file) => matrixOf(file).description);
  const before = texts.map(readSmallText);
  const put = (text: string, content: string | null) => {
    if (content === null) rmSync(text, { force: true });
    else writeWhole(text, content.endsWith('\n') ? content : `${content}\n`);
  };
  try {
    for (const text of texts) put(text, description === null ? null : JSON.stringify(description, null, 2));
  } catch (error) {
    texts.forEach((text, at) => put(text, before[at] ?? null));
    throw toWriteError(error, texts[0] ?? '');
  }
  // Headers that were read before are those of another format.
  await services.workers.clearCaches();
  return { texts, before: said };
}

function sizeOf(file: string): number {
  try {
    const found = statSync(file);
    if (found.isFile()) return found.size;
  } catch (error) {
    throw toFileError(error, file);
  }
  throw new NdiError({
    code: 'format.unsupported',
    message: `${basename(file)} is a folder; only a file can be a raw matrix.`,
    recovery: 'Choose the file in it that holds the samples.',
    details: { path: file },
  });
}

/** A text of somebody else is not written over. */
function refuseOther(file: string): void {
  sizeOf(file);
  const text = matrixTextOf(file);
  if (readSmallText(text) === null || isDescription(text)) return;
  throw new NdiError({
    code: 'path.notEmpty',
    message: `${text} is there already and is no description of a raw matrix.`,
    recovery: `Move it away, or give ${basename(file)} another name. Nothing was written.`,
    details: { path: text },
  });
}
