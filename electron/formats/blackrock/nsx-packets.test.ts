import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeNs5 } from '../../../bench/generate.ts';
import { openRecording } from '../registry.ts';

const CHANNELS = 2;
let folder = '';
let header: Buffer;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-nsx-'));
  const path = join(folder, 'model.ns5');
  writeNs5(path, CHANNELS, 1000);
  header = readFileSync(path).subarray(0, 314 + 66 * CHANNELS);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A packet of spec 2.3: type 1, time stamp, number of points, rows. */
function packet(stamp: number, samples: number, declared = samples): Buffer {
  const bytes = Buffer.alloc(9 + 2 * CHANNELS * samples, 7);
  bytes[0] = 1;
  bytes.writeUInt32LE(stamp, 1);
  bytes.writeUInt32LE(declared, 5);
  return bytes;
}

function open(...parts: Buffer[]) {
  const path = join(folder, 'case.ns5');
  writeFileSync(path, Buffer.concat([header, ...parts]));
  return openRecording(path).info;
}

describe('data packets of NSx', () => {
  it('makes a segment of every packet', () => {
    const info = open(packet(300, 30), packet(3000, 60));
    expect(info.segments).toEqual([
      { start: 0, samples: 30, t0: 0.01, t1: 0.01 + 29 / 30_000 },
      { start: 30, samples: 60, t0: 0.1, t1: 0.1 + 59 / 30_000 },
    ]);
    expect(info.problems).toEqual([]);
  });

  it('places what follows a restart of the clock after what went before, and says so', () => {
    const info = open(packet(30_000, 300), packet(0, 300), packet(600, 300));
    expect(info.segments.map(({ t0 }) => t0)).toEqual([1, 1.01, expect.closeTo(1.03, 12)]);
    expect(info.problems.map(({ code }) => code)).toEqual(['format.clockRestart']);
  });

  it('stops where only zeros follow, and refuses anything else that is no packet', () => {
    expect(open(packet(0, 30), Buffer.alloc(500)).segments.map(({ samples }) => samples)).toEqual([30]);
    expect(() => open(packet(0, 30), Buffer.alloc(500, 2))).toThrow('does not begin with 1');
  });

  it('does not go through gigabytes of zeros, but looks at their end', () => {
    const path = join(folder, 'room.ns5');
    writeFileSync(path, Buffer.concat([header, packet(0, 30)]));
    truncateSync(path, 6 * 2 ** 30);
    expect(openRecording(path).info.segments.map(({ samples }) => samples)).toEqual([30]);
    appendFileSync(path, Buffer.of(2));
    expect(() => openRecording(path)).toThrow('does not begin with 1');
  });

  it('takes the whole rows of a packet that is cut or was not closed', () => {
    const cut = open(packet(0, 30), packet(300, 10, 1_000_000).subarray(0, -3));
    expect(cut.segments.map(({ samples }) => samples)).toEqual([30, 9]);
    expect(cut.problems[0]?.message).toContain('9 of 1000000 samples');
    const unclosed = open(packet(0, 25, 0));
    expect(unclosed.segments.map(({ samples }) => samples)).toEqual([25]);
    expect(unclosed.problems[0]?.message).toContain('not closed');
  });

  it('names the field of a header that lies', () => {
    const lie = (at: number, value: number, bytes: 2 | 4) => {
      const path = join(folder, 'lie.ns5');
      const bad = Buffer.concat([header, packet(0, 30)]);
      if (bytes === 4) bad.writeUInt32LE(value, at);
      else bad.writeUInt16LE(value, at);
      writeFileSync(path, bad);
      return () => openRecording(path);
    };
    expect(lie(286, 0, 4)).toThrow('the period');
    expect(lie(310, 0, 4)).toThrow('the channel count');
    expect(lie(310, 0xffffffff, 4)).toThrow('4294967295 channels need');
    expect(lie(314 + 66, 0x4242, 2)).toThrow('the type of extended header 2 is not CC');
    expect(lie(10, 5, 4)).toThrow('the header length');
  });
});
