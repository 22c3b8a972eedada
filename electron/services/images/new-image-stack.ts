import { extname } from 'node:path';
import type { CallInputs } from '../../../shared/contract/contract.ts';
import type { ImageInfo } from '../../../shared/contract/images.ts';
import { withFile } from '../../../shared/model/document-files.ts';
import { type NdiDocument, withDependency, withValues } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import type { Session } from '../../ndi/session.ts';
import { fullPath } from '../open-items.ts';

/** Terms that NDI-matlab's importers write for the format of a file (`setup.conv.haley`, `babu`). */
const FORMATS: Readonly<Record<string, string>> = {
  TIFF: 'NCIT:C70631',
  BigTIFF: 'NCIT:C70631',
  PNG: 'NCIT:C85437',
  MP4: 'NCIT:C190180',
};

/** The range of a type, as NDI's importers write it: of integers what they can hold, of others 0 to 1. */
function limitsOf(dataType: string): [number, number] {
  const [, sign, bits] = /^(u?)int(8|16|32|64)$/.exec(dataType) ?? [];
  if (bits === undefined) return [0, 1];
  const size = 2 ** Number(bits);
  return sign === 'u' ? [0, size - 1] : [-size / 2, size / 2 - 1];
}

/**
 * A picture as a document of class `imageStack`; its file is copied into the store without its ending, as NDI keeps it.
 * @throws NdiError document.notFound for a subject that is not there
 */
export function newImageStack(
  session: Session,
  file: string,
  info: ImageInfo,
  request: CallInputs['images']['add'],
): NdiDocument {
  const axes = [info.y, info.x, ...info.axes];
  const { scale, units, label, subjectId } = request;
  const isSpace = (letter: string) => letter === 'Y' || letter === 'X';
  const scales = axes.map(({ letter }) => (isSpace(letter) ? (scale ?? 1) : 1));
  const words = axes.map(({ letter }) => (isSpace(letter) ? (units ?? '') || 'pixel' : ''));
  if (subjectId !== undefined && session.entry(subjectId) === undefined) {
    throw new NdiError({
      code: 'document.notFound',
      message: `There is no subject ${subjectId} in the session.`,
      recovery: 'List the subjects, and name one by the id of its document.',
      details: { id: subjectId },
    });
  }
  const isFrames = info.kind === 'frames';
  const made = newDocument('imageStack', {
    'imageStack.label': label === undefined || label === '' ? info.name : label,
    'imageStack.formatOntology': FORMATS[info.format] ?? '',
    'imageStack_parameters.dimension_order': isFrames ? axes.map(({ letter }) => letter).join('') : 'YXT',
    'imageStack_parameters.dimension_labels': isFrames ? axes.map((axis) => axis.label).join(',') : 'height,width,time',
    // Of what is not decoded here nothing is claimed.
    'imageStack_parameters.dimension_size': isFrames ? axes.map(({ size }) => size) : [NaN, NaN, NaN],
    'imageStack_parameters.dimension_scale': isFrames ? scales : [scale ?? 1, scale ?? 1, 1],
    'imageStack_parameters.dimension_scale_units': isFrames ? words.join(',') : `${units ?? ''},${units ?? ''},second`,
    'imageStack_parameters.data_type': isFrames ? info.dataType : 'uint8',
    'imageStack_parameters.data_limits': limitsOf(isFrames ? info.dataType : 'uint8'),
    'imageStack_parameters.timestamp': 0,
    'imageStack_parameters.clocktype': 'no_time',
  });
  const name = info.name.slice(0, info.name.length - extname(info.name).length);
  const stored = withFile(
    withValues(made, { 'base.name': name, 'base.session_id': session.id }),
    'imageStack',
    fullPath(file),
  );
  return subjectId === undefined ? stored : withDependency(stored, 'subject_id', subjectId);
}
