import { crc32, gunzipSync, inflateRawSync } from 'node:zlib';

/** An archive that cannot be read: cut off, damaged, or with names that lead elsewhere. */
export class ZipFault extends Error {
  override readonly name = 'ZipFault';
}

const END = 0x06054b50;
const CENTRAL = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const LONGEST_COMMENT = 0xffff;

interface ZipEntry {
  readonly name: string;
  readonly content: Buffer;
}

/**
 * Entries of an archive whose names are plain, to be put into one folder. Bytes that were compressed once more on their
 * way (a server that ignores `identity`) are unpacked first.
 * @param mostBytes an entry that unpacks to more is refused
 * @throws ZipFault
 */
export function* readZip(archive: Buffer, mostBytes: number): Generator<ZipEntry> {
  const zip = archive[0] === 0x1f && archive[1] === 0x8b ? unpackTransport(archive, mostBytes) : archive;
  for (const { name, content } of zipEntries(zip, mostBytes)) yield { name: plainName(name), content };
}

/**
 * Entries of an archive that is in memory, by the names that it gives them, read from its central directory; each is
 * checked against its checksum.
 * @param mostBytes an entry that unpacks to more is refused
 * @throws ZipFault
 */
export function* zipEntries(zip: Buffer, mostBytes: number): Generator<ZipEntry> {
  const end = findEnd(zip);
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== CENTRAL) throw new ZipFault('Its list of entries is damaged.');
    const nameBytes = zip.readUInt16LE(at + 28);
    const name = zip.toString('utf8', at + 46, at + 46 + nameBytes);
    if (!name.endsWith('/')) yield { name, content: contentAt(zip, at, mostBytes) };
    at += 46 + nameBytes + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
}

function unpackTransport(archive: Buffer, mostBytes: number): Buffer {
  try {
    return gunzipSync(archive, { maxOutputLength: mostBytes });
  } catch (error) {
    throw new ZipFault('It was compressed on its way and is damaged.', { cause: error });
  }
}

function findEnd(zip: Buffer): number {
  for (let at = zip.length - END_BYTES; at >= Math.max(0, zip.length - END_BYTES - LONGEST_COMMENT); at -= 1) {
    if (zip.readUInt32LE(at) === END) return at;
  }
  throw new ZipFault('It is no zip archive, or it was cut off.');
}

function plainName(name: string): string {
  if (/[\\/\0]/.test(name) || name === '..' || name === '.' || name === '') {
    throw new ZipFault(`It holds an entry whose name leads elsewhere: ${JSON.stringify(name)}.`);
  }
  return name;
}

function contentAt(zip: Buffer, central: number, mostBytes: number): Buffer {
  const [method, crc] = [zip.readUInt16LE(central + 10), zip.readUInt32LE(central + 16)];
  const [packed, bytes] = [zip.readUInt32LE(central + 20), zip.readUInt32LE(central + 24)];
  const local = zip.readUInt32LE(central + 42);
  if (local + 30 > zip.length || zip.readUInt32LE(local) !== LOCAL)
    throw new ZipFault('An entry is not where it should be.');
  const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
  if (from + packed > zip.length) throw new ZipFault('It was cut off.');
  if (bytes > mostBytes) throw new ZipFault('An entry is too large.');
  const raw = zip.subarray(from, from + packed);
  const content = method === 0 ? raw : unpacked(raw, method, bytes);
  if (content.length !== bytes || crc32(content) !== crc) throw new ZipFault('An entry is damaged.');
  return content;
}

function unpacked(raw: Buffer, method: number, bytes: number): Buffer {
  if (method !== 8) throw new ZipFault('It is packed in a way that is not known.');
  try {
    return inflateRawSync(raw, { maxOutputLength: Math.max(1, bytes) });
  } catch (error) {
    throw new ZipFault('An entry is damaged.', { cause: error });
  }
}
