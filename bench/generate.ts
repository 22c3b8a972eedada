import { closeSync, openSync, statSync, truncateSync, writeFileSync, writeSync } from 'node:fs';

/** Writes a file piece by piece: `piece` is repeated until the file has at least `bytes`; gives the pieces written. */
function writeRepeated(path: string, header: Uint8Array, piece: (index: number) => Uint8Array, bytes: number): number {
  const handle = openSync(path, 'w');
  try {
    writeSync(handle, header);
    let written = header.length;
    let index = 0;
    for (; written < bytes; index++) written += writeSync(handle, piece(index));
    return index;
  } finally {
    closeSync(handle);
  }
}

/** Words as an amplifier gives them: noise around zero, and a spike now and then. */
function noise(words: Int16Array): void {
  let state = 12_345;
  for (let index = 0; index < words.length; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    words[index] = ((state >>> 23) - 256) * (state % 997 === 0 ? 8 : 1);
  }
}

/** Blackrock NSx, spec 2.3, one packet: 30 kHz, as many channels and about as many bytes as asked for. */
export function writeNs5(path: string, channels: number, bytes: number): void {
  const rows = 3_000;
  const pieceBytes = 2 * rows * channels;
  const pieces = Math.max(1, Math.ceil(bytes / pieceBytes));
  const headerBytes = 314 + 66 * channels;
  const header = Buffer.alloc(headerBytes + 9);
  header.write('NEURALCD', 0, 'latin1');
  header.set([2, 3], 8);
  header.writeUInt32LE(headerBytes, 10);
  header.write('30 kS/s', 14, 'latin1');
  header.writeUInt32LE(1, 286);
  header.writeUInt32LE(30_000, 290);
  [2024, 3, 1, 4, 12, 0, 0, 0].forEach((part, index) => header.writeUInt16LE(part, 294 + 2 * index));
  header.writeUInt32LE(channels, 310);
  for (let index = 0; index < channels; index++) {
    const at = 314 + 66 * index;
    header.write('CC', at, 'latin1');
    header.writeUInt16LE(index + 1, at + 2);
    header.write(`elec${index + 1}`, at + 4, 'latin1');
    [-32_764, 32_764, -8_191, 8_191].forEach((value, k) => header.writeInt16LE(value, at + 22 + 2 * k));
    header.write('uV', at + 30, 'latin1');
  }
  header[headerBytes] = 1;
  header.writeUInt32LE(pieces * rows, headerBytes + 5);
  const words = new Int16Array(rows * channels);
  noise(words);
  writeRepeated(path, header, () => new Uint8Array(words.buffer), headerBytes + 9 + pieces * pieceBytes);
}

/** The same of about `bytes`, all behind the first `noiseBytes` a hole, which takes no room on the disk. */
export function writeSparseNs5(path: string, channels: number, bytes: number, noiseBytes: number): void {
  writeNs5(path, channels, noiseBytes);
  const headerBytes = 314 + 66 * channels;
  const rows = Math.floor((bytes - headerBytes - 9) / (2 * channels));
  const count = Buffer.alloc(4);
  count.writeUInt32LE(rows);
  const file = openSync(path, 'r+');
  try {
    writeSync(file, count, 0, 4, headerBytes + 5);
  } finally {
    closeSync(file);
  }
  truncateSync(path, headerBytes + 9 + rows * 2 * channels);
}

/** Intan RHD 3.0, single file: 30 kHz amplifiers only. */
export function writeRhd(path: string, channels: number, bytes: number): void {
  const perBlock = 128;
  const blockBytes = 4 * perBlock + 2 * perBlock * channels;
  const blocksPerPiece = 64;
  const piece = Buffer.alloc(blocksPerPiece * blockBytes);
  const words = new Int16Array(piece.length / 2);
  noise(words);
  for (let index = 0; index < words.length; index++) piece.writeUInt16LE((words[index] ?? 0) + 32_768, 2 * index);
  const header = rhdHeader(channels);
  writeRepeated(
    path,
    header,
    (index) => {
      for (let block = 0; block < blocksPerPiece; block++) {
        for (let sample = 0; sample < perBlock; sample++) {
          piece.writeInt32LE((index * blocksPerPiece + block) * perBlock + sample, block * blockBytes + 4 * sample);
        }
      }
      return piece;
    },
    bytes,
  );
}

function rhdHeader(channels: number): Uint8Array {
  const parts: Buffer[] = [];
  const i16 = (...values: number[]) => {
    const part = Buffer.alloc(2 * values.length);
    values.forEach((value, index) => part.writeInt16LE(value, 2 * index));
    parts.push(part);
  };
  const f32 = (...values: number[]) => parts.push(Buffer.from(Float32Array.from(values).buffer));
  const text = (value: string) => {
    const part = Buffer.from(value, 'utf16le');
    parts.push(Buffer.from(Uint32Array.of(part.length).buffer), part);
  };
  parts.push(Buffer.from([0x02, 0x27, 0x91, 0xc6]));
  i16(3, 0);
  f32(30_000);
  i16(1);
  f32(1, 0.1, 7_500, 1, 0.1, 7_500);
  i16(0);
  f32(1_000, 1_000);
  for (let index = 0; index < 3; index++) text('');
  i16(0, 0);
  text('n/a');
  i16(1);
  text('Port A');
  text('A');
  i16(1, channels, channels);
  for (let index = 0; index < channels; index++) {
    const name = `A-${String(index).padStart(3, '0')}`;
    text(name);
    text(name);
    i16(index, index, 0, 1, index % 32, 0, 0, 0, 0, 0);
    f32(0, 0);
  }
  return Buffer.concat(parts);
}

/** SpikeGLX, the AP band of a Neuropixels 1.0 probe: 384 channels and the sync word; `path` ends in `.ap.bin`. */
export function writeSpikeGlx(path: string, bytes: number): void {
  const [rate, channels, rows] = [30_000, 384, 3_000];
  const columns = channels + 1;
  const words = new Int16Array(rows * columns);
  noise(words);
  // Words of 10 bits; the sync line is bit 6, a second high and a second low.
  for (let at = 0; at < words.length; at++) words[at] = Math.max(-512, Math.min(511, words[at] ?? 0));
  writeRepeated(
    path,
    new Uint8Array(0),
    (index) => {
      const sync = Math.floor((index * rows) / rate) % 2 === 0 ? 64 : 0;
      for (let row = 0; row < rows; row++) words[row * columns + channels] = sync;
      return new Uint8Array(words.buffer);
    },
    bytes,
  );
  const sizeBytes = statSync(path).size;
  const numbers = Array.from({ length: channels }, (_, channel) => channel);
  const names = [...numbers.map((channel) => `(AP${channel};${channel}:${channel})`), `(SY0;768:${channels})`];
  const lines = {
    typeThis: 'imec',
    imDatPrb_type: 0,
    imSampRate: rate,
    imAiRangeMax: 0.6,
    imAiRangeMin: -0.6,
    nSavedChans: columns,
    acqApLfSy: '384,384,1',
    snsApLfSy: '384,0,1',
    snsSaveChanSubset: '0:383,768',
    firstSample: 0,
    fileSizeBytes: sizeBytes,
    fileTimeSecs: sizeBytes / (2 * columns * rate),
    fileCreateTime: '2024-03-01T12:00:00',
    '~imroTbl': `(0,${channels})${numbers.map((channel) => `(${channel} 0 0 500 250 1)`).join('')}`,
    '~snsChanMap': `(${channels},${channels},1)${names.join('')}`,
  };
  const text = Object.entries(lines).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(path.replace(/\.bin$/, '.meta'), text.join(''));
}
