import { crc32, deflateRawSync } from 'node:zlib';

/** An entry whose bytes are streamed when the archive is; its size must be known and kept. */
export interface ZipEntry {
  /** Flat name, without folders. */
  readonly name: string;
  readonly sizeBytes: number;
  chunks(): AsyncIterable<Uint8Array>;
}

/** https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (version 6.3.10) */
const LOCAL = 0x04034b50;
const DESCRIPTOR = 0x08074b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Sizes and checksum follow the data; names are UTF-8. */
const FLAGS = 0x0808;
const STORED = 0;
const DEFLATED = 8;
/** 1980-01-01, the earliest date of the format: an archive of the same entries is the same bytes. */
const DATE = 0x0021;
const LOCAL_BYTES = 30;
const DESCRIPTOR_BYTES = 16;
const CENTRAL_BYTES = 46;
const END_BYTES = 22;
/** Beyond these the format needs its 64-bit extension; archives that are sent are far smaller. */
const MOST_BYTES = 0xffff_0000;
const MOST_ENTRIES = 0xfffe;

/**
 * An archive that is written while it is sent: its size is known beforehand, nothing is kept in memory or on disk.
 * Entries are stored as they are.
 */
export class StoredZip {
  readonly #entries: readonly ZipEntry[];
  readonly sizeBytes: number;

  constructor(entries: readonly ZipEntry[]) {
    this.#entries = entries;
    const perEntry = entries.map(({ name, sizeBytes }) => {
      return LOCAL_BYTES + DESCRIPTOR_BYTES + CENTRAL_BYTES + 2 * Buffer.byteLength(name) + sizeBytes;
    });
    this.sizeBytes = perEntry.reduce((sum, bytes) => sum + bytes, END_BYTES);
    if (this.sizeBytes > MOST_BYTES || entries.length > MOST_ENTRIES) throw new RangeError('The archive is too large.');
  }

  /** @throws RangeError where an entry gives more or fewer bytes than it said */
  async *chunks(): AsyncGenerator<Uint8Array> {
    const central: Buffer[] = [];
    let at = 0;
    for (const entry of this.#entries) {
      const name = Buffer.from(entry.name);
      yield localHeader(name, STORED, FLAGS, 0, 0, 0);
      let [crc, bytes] = [0, 0];
      for await (const chunk of entry.chunks()) {
        crc = crc32(chunk, crc);
        bytes += chunk.byteLength;
        if (bytes > entry.sizeBytes) throw new RangeError(`${entry.name} grew while it was read.`);
        yield chunk;
      }
      if (bytes < entry.sizeBytes) throw new RangeError(`${entry.name} shrank while it was read.`);
      const descriptor = Buffer.alloc(DESCRIPTOR_BYTES);
      [DESCRIPTOR, crc, bytes, bytes].forEach((value, index) => descriptor.writeUInt32LE(value, index * 4));
      yield descriptor;
      central.push(centralHeader(name, STORED, FLAGS, crc, bytes, bytes, at));
      at += LOCAL_BYTES + name.byteLength + bytes + DESCRIPTOR_BYTES;
    }
    yield* central;
    yield endRecord(central, at);
  }
}

/** A small archive of compressed entries, by their names. */
export function zipOf(contents: Readonly<Record<string, Uint8Array>>): Buffer {
  const entries: Buffer[] = [];
  const central: Buffer[] = [];
  let at = 0;
  for (const [entryName, content] of Object.entries(contents)) {
    const name = Buffer.from(entryName);
    const packed = deflateRawSync(content, { level: 6 });
    const crc = crc32(content);
    const sizes = [packed.byteLength, content.byteLength] as const;
    const local = localHeader(name, DEFLATED, 0x0800, crc, ...sizes);
    entries.push(local, packed);
    central.push(centralHeader(name, DEFLATED, 0x0800, crc, ...sizes, at));
    at += local.byteLength + packed.byteLength;
  }
  return Buffer.concat([...entries, ...central, endRecord(central, at)]);
}

function localHeader(name: Buffer, method: number, flags: number, crc: number, packed: number, bytes: number): Buffer {
  const header = Buffer.alloc(LOCAL_BYTES);
  header.writeUInt32LE(LOCAL, 0);
  writeCommon(header, 4, method, flags, crc, packed, bytes);
  header.writeUInt16LE(name.byteLength, 26);
  return Buffer.concat([header, name]);
}

function centralHeader(
  name: Buffer,
  method: number,
  flags: number,
  crc: number,
  packed: number,
  bytes: number,
  at: number,
): Buffer {
  const header = Buffer.alloc(CENTRAL_BYTES);
  header.writeUInt32LE(CENTRAL, 0);
  header.writeUInt16LE(20, 4);
  writeCommon(header, 6, method, flags, crc, packed, bytes);
  header.writeUInt16LE(name.byteLength, 28);
  header.writeUInt32LE(at, 42);
  return Buffer.concat([header, name]);
}

function writeCommon(
  header: Buffer,
  at: number,
  method: number,
  flags: number,
  crc: number,
  packed: number,
  bytes: number,
): void {
  header.writeUInt16LE(20, at);
  header.writeUInt16LE(flags, at + 2);
  header.writeUInt16LE(method, at + 4);
  header.writeUInt16LE(DATE, at + 8);
  header.writeUInt32LE(crc, at + 10);
  header.writeUInt32LE(packed, at + 14);
  header.writeUInt32LE(bytes, at + 18);
}

function endRecord(central: readonly Buffer[], at: number): Buffer {
  const end = Buffer.alloc(END_BYTES);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(central.length, 8);
  end.writeUInt16LE(central.length, 10);
  end.writeUInt32LE(
    central.reduce((sum, header) => sum + header.byteLength, 0),
    12,
  );
  end.writeUInt32LE(at, 16);
  return end;
}
