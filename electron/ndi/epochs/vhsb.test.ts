import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { countVhsb, encodeSpikeTrain, readVhsbTimes } from './vhsb.ts';

const folder = temporaryFolder('ndi-vhsb');
let made = 0;
function write(bytes: Uint8Array): string {
  const path = join(folder, `data${(made += 1)}.vhsb`);
  writeFileSync(path, bytes);
  return path;
}

const train = [0.5, 1.25, 1.5, 7];

it('gives back the times of a train, and counts them by the header', () => {
  const path = write(encodeSpikeTrain(train));
  expect(countVhsb(path)).toBe(4);
  expect([...readVhsbTimes(path)]).toEqual(train);
  expect(countVhsb(write(encodeSpikeTrain([])))).toBe(0);
});

it('has the bytes of the reference: offsets of version, sizes, types, dimensions, data', () => {
  const bytes = encodeSpikeTrain(train);
  const at = { version: bytes.readUInt32LE(200), xBits: bytes.readUInt32LE(460), xType: bytes.readUInt16LE(464) };
  expect(at).toEqual({ version: 1, xBits: 64, xType: 4 });
  expect([bytes.readBigUInt64LE(466), bytes.readBigUInt64LE(474), bytes.readBigUInt64LE(482)]).toEqual([4n, 1n, 0n]);
  expect([bytes.readUInt32LE(1266), bytes.readUInt16LE(1270), bytes[1272], bytes[1273]]).toEqual([64, 4, 1, 0]);
  expect([bytes.readDoubleLE(1274), bytes.readDoubleLE(1282)]).toEqual([0.5, 0.75]);
  expect([bytes.readDoubleLE(1836), bytes.readDoubleLE(1844), bytes.length]).toEqual([0.5, 1, 1836 + 64]);
});

it('reads 32-bit times beside several values, scaled times, and times that are not stored', () => {
  const wide = Buffer.concat([encodeSpikeTrain([]), Buffer.alloc(2 * 12)]);
  wide.writeUInt32LE(32, 460);
  wide.writeBigUInt64LE(2n, 474);
  wide.writeUInt32LE(32, 1266);
  wide.writeFloatLE(2.5, 1836 + 12);
  expect([...readVhsbTimes(write(wide))]).toEqual([0, 2.5]);
  const scaled = encodeSpikeTrain([3, 5]);
  scaled.writeUInt8(1, 1802);
  scaled.writeDoubleLE(0.5, 1804);
  scaled.writeDoubleLE(1, 1812);
  expect([...readVhsbTimes(write(scaled))]).toEqual([1, 2]);
  const even = Buffer.concat([encodeSpikeTrain([]), Buffer.alloc(24)]);
  even.writeUInt8(0, 1272);
  even.writeDoubleLE(10, 1274);
  even.writeDoubleLE(0.25, 1282);
  expect([...readVhsbTimes(write(even))]).toEqual([10, 10.25, 10.5]);
});

it.each<[string, (bytes: Buffer) => Buffer, string]>([
  ['another file', () => Buffer.alloc(4000), 'format.invalid'],
  ['a cut header', (bytes) => bytes.subarray(0, 900), 'format.truncated'],
  ['another version', (bytes) => (bytes.writeUInt32LE(7, 200), bytes), 'format.invalid'],
  ['times that are text', (bytes) => (bytes.writeUInt16LE(1, 464), bytes), 'format.unsupported'],
  ['values of no size', (bytes) => (bytes.writeUInt32LE(3, 1266), bytes), 'format.invalid'],
])('refuses %s', (_, damage, code) => {
  const path = write(damage(encodeSpikeTrain(train)));
  expect(() => readVhsbTimes(path)).toThrow(expect.objectContaining({ code }));
});
