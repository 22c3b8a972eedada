import { withFile, type FileBytes } from '../../formats/file-bytes.ts';
import { formatFault } from '../../formats/file-faults.ts';

/**
 * Files of the form VHSB, in which elements keep the data of an epoch (`epoch_binary_data.vhsb`): a header of 1836 bytes,
 * then for every sample its time (X) and its values (Y), little-endian.
 */

const HEADER_BYTES = 1836;
const TITLE = 'This is a VHSB file, http://github.com/VH-Lab\n';
const MOST_DIMENSIONS = 100;
const FLOAT = 4;
/** Samples read at a time, and samples that are read at all: a train of spikes has fewer. */
const SAMPLES_AT_ONCE = 1 << 17;
const MOST_SAMPLES = 50_000_000;

interface VhsbHeader {
  readonly samples: number;
  readonly sampleBytes: number;
  /** Bytes of a time before the values of its sample; 0 where times are not stored but computed. */
  readonly timeBytes: 0 | 4 | 8;
  readonly start: number;
  readonly increment: number;
  /** value = (stored - offset) x scale; null where times are stored as they are. */
  readonly scale: { readonly factor: number; readonly offset: number } | null;
}

/** How many samples a file holds: its header alone is read. @throws NdiError format.*, path.* */
export function countVhsb(path: string): number {
  return withFile(path, (file) => readHeader(file).samples);
}

/**
 * Times of all samples, in the order of the file. Of a train of spikes, these are the spikes.
 * @throws NdiError format.invalid, format.unsupported, format.truncated, path.*
 */
export function readVhsbTimes(path: string): Float64Array<ArrayBuffer> {
  return withFile(path, (file) => {
    const { samples, sampleBytes, timeBytes, start, increment, scale } = readHeader(file);
    const times = new Float64Array(samples);
    if (timeBytes === 0) return times.map((_, index) => start + index * increment);
    for (let from = 0; from < samples; from += SAMPLES_AT_ONCE) {
      const count = Math.min(SAMPLES_AT_ONCE, samples - from);
      const view = file.view(HEADER_BYTES + from * sampleBytes, count * sampleBytes, 'the samples');
      for (let index = 0; index < count; index++) {
        const at = index * sampleBytes;
        const stored = timeBytes === 8 ? view.getFloat64(at, true) : view.getFloat32(at, true);
        times[from + index] = scale === null ? stored : (stored - scale.offset) * scale.factor;
      }
    }
    return times;
  });
}

function readHeader(file: FileBytes): VhsbHeader {
  const head = file.view(0, HEADER_BYTES, 'the VHSB header');
  const title = new TextDecoder('latin1').decode(new Uint8Array(head.buffer, head.byteOffset, 19));
  if (title !== TITLE.slice(0, 19)) throw invalid(file, 'title', title);
  const version = head.getUint32(200, true);
  if (version !== 1) throw invalid(file, 'version', version);
  const [timeBits, timeType] = [head.getUint32(460, true), head.getUint16(464, true)];
  const [valueBits, isStored] = [head.getUint32(1266, true), head.getUint8(1272) !== 0];
  if (isStored && (timeType !== FLOAT || (timeBits !== 32 && timeBits !== 64))) {
    const value = `type ${timeType}, ${timeBits} bits`;
    const sentence = `its times are of a kind that cannot be read (${value}).`;
    throw formatFault('format.unsupported', file.path, sentence, { field: 'X_data_type', value });
  }
  const sampleBytes = (isStored ? timeBits / 8 : 0) + (valuesASample(head) * valueBits) / 8;
  if (!Number.isInteger(sampleBytes) || sampleBytes < 1) throw invalid(file, 'Y_data_size', valueBits);
  const samples = Math.floor((file.size - HEADER_BYTES) / sampleBytes);
  if (samples > MOST_SAMPLES) throw invalid(file, 'Y_dim', samples);
  return {
    samples,
    sampleBytes,
    timeBytes: isStored ? (timeBits === 64 ? 8 : 4) : 0,
    start: head.getFloat64(1274, true),
    increment: head.getFloat64(1282, true),
    scale:
      head.getUint8(1802) === 0 ? null : { factor: head.getFloat64(1804, true), offset: head.getFloat64(1812, true) },
  };
}

/** Values of one sample: the product of its dimensions; the first dimension counts the samples. */
function valuesASample(head: DataView): number {
  let product = 1;
  for (let dimension = 1; dimension < MOST_DIMENSIONS; dimension++) {
    const size = Number(head.getBigUint64(466 + 8 * dimension, true));
    if (size === 0) break;
    product *= size;
  }
  return product;
}

function invalid(file: FileBytes, field: string, value: number | string) {
  return formatFault('format.invalid', file.path, `${field} of its VHSB header cannot be (${value}).`, {
    field,
    value,
  });
}

/** A train of spikes as NDI keeps it: at every time the value 1. */
export function encodeSpikeTrain(times: readonly number[]): Buffer<ArrayBuffer> {
  const bytes = Buffer.alloc(HEADER_BYTES + 16 * times.length);
  bytes.write(TITLE, 0, 'latin1');
  bytes.writeUInt32LE(1, 200);
  bytes.write('little-endian\n', 204, 'latin1');
  bytes.writeUInt32LE(64, 460);
  bytes.writeUInt16LE(FLOAT, 464);
  bytes.writeBigUInt64LE(BigInt(times.length), 466);
  bytes.writeBigUInt64LE(1n, 474);
  bytes.writeUInt32LE(64, 1266);
  bytes.writeUInt16LE(FLOAT, 1270);
  bytes.writeUInt8(1, 1272);
  const steps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
  // NDI takes times for evenly spaced by this rule; those of spikes are not, but three may happen to be.
  const isEven = times.length > 3 && steps.slice(1).every((step, index) => step - (steps[index] ?? 0) < 1e-7);
  bytes.writeUInt8(isEven ? 1 : 0, 1273);
  bytes.writeDoubleLE(times.length < 2 ? 0 : (times[0] ?? 0), 1274);
  bytes.writeDoubleLE(times.length < 3 ? 0 : median(steps), 1282);
  bytes.write('\n', 1290, 'latin1');
  bytes.write('\n', 1546, 'latin1');
  for (const at of [1804, 1820]) bytes.writeDoubleLE(1, at);
  times.forEach((time, index) => {
    bytes.writeDoubleLE(time, HEADER_BYTES + 16 * index);
    bytes.writeDoubleLE(1, HEADER_BYTES + 16 * index + 8);
  });
  return bytes;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? 0) + (sorted[Math.floor(middle)] ?? 0)) / 2;
}
