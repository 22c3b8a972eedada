import { createReadStream } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { pipeline, type Readable } from 'node:stream';
import { crc32, createInflateRaw, deflateRawSync } from 'node:zlib';

/** An entry of a zip archive, as its directory names it. */
export interface ZipEntry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly sizeBytes: number;
  readonly headerAt: number;
}

const END = 0x06054b50;
const END64 = 0x06064b50;
const ENTRY = 0x02014b50;
const LONGEST_END = 65_557;

/** Reads the directory of an archive, also of one with 64-bit sizes. @throws Error where it is none */
export async function readZip(path: string): Promise<ZipEntry[]> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const tailAt = Math.max(0, size - LONGEST_END);
    const tail = await bytesOf(file, tailAt, size - tailAt);
    const endAt = lastIndexOf(tail, END);
    if (endAt < 0) throw new Error('not a zip archive');
    let count = tail.readUInt16LE(endAt + 10);
    let directoryBytes = tail.readUInt32LE(endAt + 12);
    let directoryAt = tail.readUInt32LE(endAt + 16);
    const end64At = lastIndexOf(tail.subarray(0, endAt), END64);
    if (end64At >= 0) {
      count = Number(tail.readBigUInt64LE(end64At + 32));
      directoryBytes = Number(tail.readBigUInt64LE(end64At + 40));
      directoryAt = Number(tail.readBigUInt64LE(end64At + 48));
    }
    return entriesOf(await bytesOf(file, directoryAt, directoryBytes), count);
  } finally {
    await file.close();
  }
}

/** The bytes of an entry, unpacked. The stream ends with an error where they do not match their checksum. */
export async function* unpack(path: string, entry: ZipEntry): AsyncGenerator<Buffer> {
  const file = await open(path);
  const header = await bytesOf(file, entry.headerAt, 30).finally(() => file.close());
  const start = entry.headerAt + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  let crc = 0;
  if (entry.packedBytes > 0) {
    let bytes: Readable = createReadStream(path, { start, end: start + entry.packedBytes - 1 });
    if (entry.method === 8) bytes = pipeline(bytes, createInflateRaw(), () => undefined);
    else if (entry.method !== 0) throw new Error(`compression ${entry.method} is not known`);
    for await (const part of bytes as AsyncIterable<Buffer>) {
      crc = crc32(part, crc);
      yield part;
    }
  }
  if (crc !== entry.crc) throw new Error(`checksum of ${entry.name} is wrong`);
}

/** A small archive of one file. */
export function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content, { level: 1 });
  const label = Buffer.from(name);
  const common = Buffer.alloc(26);
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(8, 4);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(packed.byteLength, 14);
  common.writeUInt32LE(content.byteLength, 18);
  common.writeUInt16LE(label.byteLength, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04'), common, label, packed]);
  const directory = Buffer.concat([Buffer.from('PK\x01\x02\x14\0'), common, Buffer.alloc(14), label]);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.byteLength, 12);
  end.writeUInt32LE(local.byteLength, 16);
  return Buffer.concat([local, directory, end]);
}

function entriesOf(directory: Buffer, count: number): ZipEntry[] {
  const entries: ZipEntry[] = [];
  for (let at = 0; entries.length < count;) {
    if (directory.readUInt32LE(at) !== ENTRY) throw new Error('the directory of the archive is damaged');
    const [nameBytes, extraBytes, noteBytes] = [28, 30, 32].map((offset) => directory.readUInt16LE(at + offset)) as [
      number,
      number,
      number,
    ];
    const sizes = [24, 20, 42].map((offset) => directory.readUInt32LE(at + offset));
    const extra = directory.subarray(at + 46 + nameBytes, at + 46 + nameBytes + extraBytes);
    const [sizeBytes = 0, packedBytes = 0, headerAt = 0] = widened(sizes, extra);
    entries.push({
      name: directory.toString('utf8', at + 46, at + 46 + nameBytes),
      method: directory.readUInt16LE(at + 10),
      crc: directory.readUInt32LE(at + 16),
      sizeBytes,
      packedBytes,
      headerAt,
    });
    at += 46 + nameBytes + extraBytes + noteBytes;
  }
  return entries;
}

/** Sizes of 0xffffffff stand in the 64-bit field, in this order. */
function widened(sizes: readonly number[], extra: Buffer): number[] {
  let at = 0;
  while (at + 4 <= extra.byteLength && extra.readUInt16LE(at) !== 1) at += 4 + extra.readUInt16LE(at + 2);
  at += 4;
  return sizes.map((size) => {
    if (size !== 0xffffffff) return size;
    at += 8;
    return Number(extra.readBigUInt64LE(at - 8));
  });
}

async function bytesOf(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length);
  const { bytesRead } = await file.read(bytes, 0, length, at);
  return bytes.subarray(0, bytesRead);
}

function lastIndexOf(bytes: Buffer, signature: number): number {
  const wanted = Buffer.alloc(4);
  wanted.writeUInt32LE(signature, 0);
  return bytes.lastIndexOf(wanted);
}
