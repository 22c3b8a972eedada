import { formatFault } from '../file-faults.ts';
import { imageKind } from './image-kinds.ts';
import type { OpenImages } from './image-stack.ts';
import { openPng } from './png.ts';
import { openRaw, type RawShape } from './raw.ts';
import { openSeries, type SeriesReader } from './series.ts';
import { openTiffImages } from './tiff.ts';

/** Where frames are. */
export type ImageAddress =
  | { readonly kind: 'file'; readonly path: string; readonly raw: RawShape | null }
  | { readonly kind: 'series'; readonly reader: SeriesReader; readonly files: readonly string[] };

/** @throws NdiError format.*, path.* */
export function openImages(address: ImageAddress): OpenImages {
  return address.kind === 'series'
    ? openSeries(address.reader, address.files)
    : openImageFile(address.path, address.raw);
}

function openImageFile(path: string, raw: RawShape | null): OpenImages {
  const { kind, name } = imageKind(path);
  if (kind === 'frames') return name === 'PNG' ? openPng(path) : openTiffImages(path);
  if (kind === 'raw' && raw !== null) return openRaw(path, raw);
  if (kind === 'raw') {
    throw formatFault('format.unknown', path, 'it is no TIFF or PNG file, and nothing says what its values are.');
  }
  const sentence =
    kind === 'movie'
      ? `it is a movie (${name}), which is played as a whole.`
      : `it is a ${name} picture, whose values are not read here.`;
  throw formatFault('format.unsupported', path, sentence);
}

/** The files whose change makes an open stack another. */
export function filesOf(address: ImageAddress): readonly string[] {
  return address.kind === 'series' ? address.files : [address.path];
}
