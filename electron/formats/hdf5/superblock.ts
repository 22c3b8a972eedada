import { formatFault } from '../file-faults.ts';
import { structureAt, type Hdf5Source, type Hdf5Widths } from './reader.ts';

export const hdf5Signature: readonly number[] = [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a];

const SIGNATURE_BYTES = hdf5Signature.length;
const plain: Hdf5Widths = { base: 0, offsetSize: 8, lengthSize: 8 };

export interface Superblock extends Hdf5Widths {
  readonly version: number;
  /** Address of the root group's object header. */
  readonly root: number;
}

/**
 * Finds and reads the superblock (versions 0 to 3), at byte 0, 512, 1024, ...
 * @throws NdiError format.invalid where there is none, format.truncated where the file is shorter than it says
 */
export function readSuperblock(source: Hdf5Source): Superblock {
  const at = findSignature(source);
  const field = 'the HDF5 superblock';
  const version = structureAt(source, plain, at + SIGNATURE_BYTES, 1, field).u8();
  if (version > 3) {
    throw formatFault('format.unsupported', source.path, `${field} has version ${version}; known are 0 to 3.`);
  }
  const old = version < 2;
  const sizes = structureAt(source, plain, at + (old ? 13 : 9), 2, field);
  const [offsetSize, lengthSize] = [sizes.u8(), sizes.u8()];
  if (![2, 4, 8].includes(offsetSize) || ![2, 4, 8].includes(lengthSize)) {
    throw formatFault('format.invalid', source.path, `${field} has addresses of ${offsetSize} bytes.`);
  }
  // What precedes the addresses differs by version; base, two addresses of no use here, end, root.
  const start = at + (version === 0 ? 24 : version === 1 ? 28 : 12);
  const fields = structureAt(source, { ...plain, offsetSize, lengthSize }, start, 6 * offsetSize, field);
  const base = fields.number(offsetSize);
  fields.skip(offsetSize);
  const end = fields.number(offsetSize);
  if (old) fields.skip(2 * offsetSize);
  const root = fields.number(offsetSize);
  if (base + end > source.size) {
    const sentence = `it holds ${source.size} bytes of the ${base + end} that its superblock states.`;
    throw formatFault('format.truncated', source.path, sentence, { needed: base + end, size: source.size });
  }
  return { version, base, offsetSize, lengthSize, root: base + root };
}

function findSignature(source: Hdf5Source): number {
  for (let at = 0; at + 64 <= source.size && at < 2 ** 30; at = at === 0 ? 512 : at * 2) {
    const view = source.view(at, SIGNATURE_BYTES, 'the HDF5 signature');
    if (hdf5Signature.every((byte, index) => view.getUint8(index) === byte)) return at;
  }
  throw formatFault('format.invalid', source.path, 'it has no HDF5 superblock.');
}
