import { openSync, closeSync, readSync, statSync } from 'node:fs';
import { beat } from '../../files/heartbeat.ts';
import { PNG_MARK } from '../../files/png-writer.ts';
import { toReadFault } from '../file-faults.ts';

/**
 * What the bytes of a picture are. Files of NDI's `imageStack` documents have no ending, and the document's format may
 * name no more than “image” (reference, ndi-core 10.7): the first bytes tell.
 * - `frames`: decoded here, value by value; - `picture`, `movie`: shown by the page as it shows any; - `raw`: no mark.
 */
export interface ImageKind {
  readonly kind: 'frames' | 'picture' | 'movie' | 'raw';
  /** For people: `TIFF`. */
  readonly name: string;
  /** Media type, for the page. */
  readonly type: string;
}

const HEAD_BYTES = 32;

interface Mark extends ImageKind {
  readonly fits: (head: Buffer, sizeBytes: number) => boolean;
}

const begins =
  (...bytes: readonly number[]) =>
  (head: Buffer) =>
    bytes.every((byte, at) => head[at] === byte);
const has = (text: string, at: number) => (head: Buffer) => head.toString('latin1', at, at + text.length) === text;

const marks: readonly Mark[] = [
  { kind: 'frames', name: 'PNG', type: 'image/png', fits: begins(...PNG_MARK) },
  { kind: 'frames', name: 'TIFF', type: 'image/tiff', fits: begins(0x49, 0x49, 42, 0) },
  { kind: 'frames', name: 'TIFF', type: 'image/tiff', fits: begins(0x4d, 0x4d, 0, 42) },
  { kind: 'frames', name: 'BigTIFF', type: 'image/tiff', fits: begins(0x49, 0x49, 43, 0) },
  { kind: 'frames', name: 'BigTIFF', type: 'image/tiff', fits: begins(0x4d, 0x4d, 0, 43) },
  {
    kind: 'picture',
    name: 'JPEG',
    type: 'image/jpeg',
    fits: (head) => begins(0xff, 0xd8, 0xff)(head) && (head[3] ?? 0) >= 0xc0,
  },
  { kind: 'picture', name: 'GIF', type: 'image/gif', fits: has('GIF8', 0) },
  {
    kind: 'picture',
    name: 'BMP',
    type: 'image/bmp',
    fits: (head, size) => has('BM', 0)(head) && head.readUInt32LE(2) === size,
  },
  { kind: 'picture', name: 'WebP', type: 'image/webp', fits: (head) => has('RIFF', 0)(head) && has('WEBP', 8)(head) },
  { kind: 'movie', name: 'AVI', type: 'video/x-msvideo', fits: (head) => has('RIFF', 0)(head) && has('AVI ', 8)(head) },
  { kind: 'movie', name: 'QuickTime', type: 'video/mp4', fits: has('ftypqt', 4) },
  { kind: 'movie', name: 'MP4', type: 'video/mp4', fits: has('ftyp', 4) },
  { kind: 'movie', name: 'WebM', type: 'video/webm', fits: begins(0x1a, 0x45, 0xdf, 0xa3) },
  { kind: 'movie', name: 'Ogg', type: 'video/ogg', fits: has('OggS', 0) },
];

const RAW: ImageKind = { kind: 'raw', name: 'raw values', type: 'application/octet-stream' };

/** @throws NdiError path.* */
export function imageKind(path: string): ImageKind & { readonly sizeBytes: number } {
  try {
    const { size } = statSync(path);
    const head = Buffer.alloc(HEAD_BYTES);
    const handle = openSync(path, 'r');
    try {
      readSync(handle, head, 0, HEAD_BYTES, 0);
      beat();
    } finally {
      closeSync(handle);
    }
    const { kind, name, type } = marks.find(({ fits }) => fits(head, size)) ?? RAW;
    return { kind, name, type, sizeBytes: size };
  } catch (thrown) {
    throw toReadFault(thrown, path);
  }
}
