import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openRecording } from '../../formats/registry.ts';
import { findReader } from './readers.ts';

const NDR = 'ndi.daq.reader.mfdaq.ndr';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-readers-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Ten packets of one channel at 1 kHz, whose first stamp is 5000. */
function writeRec(path: string): void {
  const text = `<Configuration><GlobalConfiguration/><HardwareConfiguration numChannels="1" samplingRate="1000"/>
<SpikeConfiguration><SpikeNTrode id="1"><SpikeChannel hwChan="0"/></SpikeNTrode></SpikeConfiguration></Configuration>\n`;
  const packets = Array.from({ length: 10 }, (_, packet) => {
    const bytes = Buffer.alloc(7);
    bytes[0] = 0x55;
    bytes.writeUInt32LE(5000 + packet, 1);
    return bytes;
  });
  writeFileSync(path, Buffer.concat([Buffer.from(text), ...packets]));
}

describe('readers of SpikeGadgets and TDT files', () => {
  it.each([
    ['ndi.daq.reader.mfdaq.spikegadgets', ''],
    [NDR, 'spikegadgetsREC'],
    [NDR, 'rec'],
  ])('%s %s counts the samples of the .rec from 0', (name, argument) => {
    const path = join(folder, 'day1.rec');
    writeRec(path);
    const reader = findReader(name, argument);
    expect(reader?.recordingPath([join(folder, 'notes.txt'), path])).toBe(path);
    const { info } = openRecording(path);
    expect(info.segments[0]?.t0).toBe(5);
    expect(reader?.clocks(info)).toEqual([{ type: 'dev_local_time', t0: 0, t1: 10 / 1000 - 1 / 1000 }]);
    expect(reader?.timeShift(info)).toBe(-5);
  });

  it.each(['sev', 'tdt_sev'])('NDR %s reads the folder of the first .sev', (argument) => {
    const path = join(folder, 'a_b_Wave_Ch1.sev');
    writeFileSync(path, Buffer.alloc(40 + 4 * 100));
    const reader = findReader(NDR, argument);
    expect(reader?.recordingPath([path])).toBe(path);
    const { info } = openRecording(path);
    const rate = 24_414.0625;
    expect(info.path).toBe(folder);
    expect(reader?.clocks(info)).toEqual([{ type: 'dev_local_time', t0: 0, t1: 100 / rate - 1 / rate }]);
    expect(reader?.timeShift(info)).toBe(0);
  });
});
