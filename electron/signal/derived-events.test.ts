import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseDerived } from '../../shared/model/derived-events.ts';
import { openRecording } from '../formats/registry.ts';
import { RHD_BLOCK, RhdWriter } from '../formats/intan-rhd/writer.ts';
import { readDerivedEvents } from './derived-events.ts';
import { testContext } from './test-support.ts';

const folder = mkdtempSync(join(tmpdir(), 'ndi-derived-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A line that is high from sample 100 to 299 and from 500 on, at 1 kHz. */
async function recording(name: string) {
  const path = join(folder, name);
  const digitalIn = [{ nativeName: 'DIN-00', customName: 'DIN-00' }];
  const layout = { sampleRate: 1000, amplifier: [], auxiliary: [], boardAdc: [], digitalIn };
  const writer = await RhdWriter.create(path, { ...layout, notes: ['', '', ''] }, 0);
  for (let block = 0; block < 6; block++) {
    const words = Uint16Array.from({ length: RHD_BLOCK }, (_, index) => {
      const at = block * RHD_BLOCK + index;
      return (at >= 100 && at < 300) || at >= 500 ? 1 : 0;
    });
    await writer.append({ samples: RHD_BLOCK, amplifier: [], auxiliary: [], boardAdc: [], digitalIn: words });
  }
  await writer.close();
  return openRecording(path);
}

describe('events derived from a recording', () => {
  it('are the edges of its lines, whatever the range begins with', async () => {
    const opened = await recording('a.rhd');
    const line = opened.info.channels.find(({ type }) => type === 'digital_in')?.name ?? '';
    const ask = (name: string, from: number, to: number) => {
      const channels = parseDerived(name + line.slice(2)) ?? [];
      return readDerivedEvents(testContext(), opened, channels, from, to, 100).events.map(({ time, value }) => [
        time,
        value,
      ]);
    };
    expect(ask('dimp', 0, 10)).toEqual([
      [0.1, 1],
      [0.3, -1],
      [0.5, 1],
    ]);
    expect(ask('dep', 0.1, 0.5)).toEqual([[0.1, 1]]);
    expect(ask('den', 0.3, 0.301)).toEqual([[0.3, 1]]);
    expect(ask('dep', 0.101, 0.5)).toEqual([]);
  });

  it('need the channel that they are derived from', async () => {
    const channels = parseDerived('dep77') ?? [];
    const opened = await recording('b.rhd');
    expect(() => readDerivedEvents(testContext(), opened, channels, 0, 1, 10)).toThrow('derived from di77');
  });
});
