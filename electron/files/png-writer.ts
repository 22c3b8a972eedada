import { crc32, deflateSync } from 'node:zlib';

/** The first bytes of every PNG file. */
export const PNG_MARK: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/**
 * A PNG file of 8 bits: grey, or colours of a palette of 256.
 * @param levels a byte a pixel, row after row
 * @param palette red, green and blue of each level
 */
export function writePng(levels: Uint8ClampedArray, width: number, height: number, palette: Uint8Array): Buffer {
  const lines = Buffer.alloc(height * (1 + width));
  for (let row = 0; row < height; row++) {
    lines.set(levels.subarray(row * width, (row + 1) * width), row * (1 + width) + 1);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  return Buffer.concat([
    Buffer.from(PNG_MARK),
    chunk('IHDR', header),
    chunk('PLTE', palette),
    chunk('IDAT', deflateSync(lines)),
    chunk('IEND', new Uint8Array(0)),
  ]);
}

function chunk(kind: string, body: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(kind, 'latin1'), body]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(body.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
}
