// The containers in which Windows and macOS keep an icon's sizes. Both take PNG images as they are.

/** Sizes in an .ico file; 256 is the largest that it can say. */
export const icoSizes = [16, 24, 32, 48, 64, 128, 256];

/** Types of an .icns file with the pixels of each; `ic11` to `ic14` are for displays of double density. */
export const icnsTypes = { ic11: 32, ic12: 64, ic07: 128, ic08: 256, ic13: 256, ic09: 512, ic14: 512, ic10: 1024 };

/**
 * An .ico file (Microsoft, "Icons": ICONDIR, ICONDIRENTRY): little-endian.
 * @param {(size: number) => Buffer} png image of a size
 */
export function ico(png) {
  const images = icoSizes.map((size) => ({ size, bytes: png(size) }));
  const header = Buffer.alloc(6 + 16 * images.length);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length;
  images.forEach(({ size, bytes }, index) => {
    const at = 6 + 16 * index;
    // 0 stands for 256.
    header.writeUInt8(size % 256, at);
    header.writeUInt8(size % 256, at + 1);
    header.writeUInt16LE(1, at + 4);
    header.writeUInt16LE(32, at + 6);
    header.writeUInt32LE(bytes.length, at + 8);
    header.writeUInt32LE(offset, at + 12);
    offset += bytes.length;
  });
  return Buffer.concat([header, ...images.map(({ bytes }) => bytes)]);
}

/**
 * An .icns file: a four-letter type and a big-endian length (with its own eight bytes) before each image and before all.
 * @param {(size: number) => Buffer} png image of a size
 */
export function icns(png) {
  const images = Object.entries(icnsTypes).map(([type, size]) => chunk(type, png(size)));
  return chunk('icns', Buffer.concat(images));
}

function chunk(type, bytes) {
  const header = Buffer.alloc(8);
  header.write(type, 'latin1');
  header.writeUInt32BE(8 + bytes.length, 4);
  return Buffer.concat([header, bytes]);
}
