import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording, recognise } from '../registry.ts';
import { parseStreamName } from './file-names.ts';

let root = '';
let count = 0;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'ndi-spikeglx-'));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const newFolder = () => {
  const folder = join(root, `run${(count += 1)}`);
  mkdirSync(folder);
  return folder;
};

/** Writes `<stem>.bin` with these rows and `<stem>.meta` with these lines; gives the path of the `.bin`. */
function writeStream(folder: string, stem: string, lines: Record<string, string | number>, rows: number[][]): string {
  const text = Object.entries(lines).map(([key, value]) => `${key}=${value}`);
  writeFileSync(join(folder, `${stem}.meta`), `${text.join('\n')}\n`);
  const path = join(folder, `${stem}.bin`);
  writeFileSync(path, new Uint8Array(Int16Array.from(rows.flat()).buffer));
  return path;
}

const probe = {
  typeThis: 'imec',
  imSampRate: 30_000,
  nSavedChans: 3,
  acqApLfSy: '4,4,1',
  snsApLfSy: '2,0,1',
  snsSaveChanSubset: '1,3,8',
  firstSample: 60_000,
  imAiRangeMax: 0.6,
  imDatPrb_type: 0,
  '~imroTbl': '(0,4)(0 0 0 500 250 1)(1 0 0 1000 125 1)(2 0 0 50 50 1)(3 0 0 250 1500 1)',
  '~snsChanMap': '(4,4,1)(AP1;1:0)(AP3;3:1)(SY0;8:2)',
};
const board = {
  typeThis: 'nidq',
  niSampRate: 25_000,
  nSavedChans: 4,
  acqMnMaXaDw: '1,0,1,2',
  snsMnMaXaDw: '1,0,1,2',
  niAiRangeMax: 5,
  niMNGain: 200,
  niMAGain: 1,
  niXDBytes1: 2,
  niXDBytes2: 1,
};
const rows = [
  [100, -200, 64],
  [101, -201, 0],
];

const gainsOf = (path: string) =>
  openRecording(path)
    .info.channels.filter(({ type }) => type === 'analog_in')
    .map(({ gain, units }) => `${gain} ${units}`);
const codesOf = (path: string) => openRecording(path).info.problems.map(({ code }) => code);
const refuses = (path: string, words: string) => {
  expect(() => openRecording(path)).toThrow(expect.objectContaining({ code: 'format.invalid' }));
  expect(() => openRecording(path)).toThrow(words);
};

describe('SpikeGLX', () => {
  it('tells the shanks of saved channels by either map, and nothing by one that does not fit them', () => {
    const shanksOf = (map: Record<string, string>) =>
      openRecording(writeStream(newFolder(), 'r_g0_t0.imec0.ap', { ...probe, ...map }, rows))
        .info.channels.slice(0, 3)
        .map(({ groups }) => groups);
    const expected = [{ shank: '1' }, { shank: '3' }, undefined];
    expect(shanksOf({ '~snsGeomMap': '(NP2010,4,250,70)(1:27:15:1)(3:59:30:1)' })).toEqual(expected);
    expect(shanksOf({ '~snsShankMap': '(4,2,640)(1:0:0:1)(3:1:1:1)' })).toEqual(expected);
    expect(shanksOf({ '~snsShankMap': '(4,2,640)(1:0:0:1)' })).toEqual([undefined, undefined, undefined]);
  });

  it('names streams, and shanks by their probe, in a run of several streams', () => {
    const folder = newFolder();
    const map = { '~snsGeomMap': '(NP2010,4,250,70)(1:27:15:1)(3:59:30:1)' };
    writeStream(folder, 'r_g0_t0.imec0.ap', { ...probe, ...map }, rows);
    writeStream(folder, 'r_g0_t0.nidq', board, [[1, 2, 3, 4]]);
    const { channels } = openRecording(folder).info;
    const groupsOf = (name: string) => channels.find((channel) => channel.name === name)?.groups;
    expect(groupsOf('ai2')).toEqual({ stream: 'imec0.ap', shank: 'imec0 3' });
    expect(groupsOf('ai3')).toEqual({ stream: 'nidq' });
    expect(groupsOf('di1')).toEqual({ stream: 'imec0.ap' });
  });

  it('takes gains by the acquired channel, not by the place in the file', () => {
    const folder = newFolder();
    const ap = writeStream(folder, 'r_g0_t0.imec0.ap', probe, rows);
    expect(gainsOf(ap)).toEqual([`${(0.6 / 512 / 1000) * 1e6} uV`, `${(0.6 / 512 / 250) * 1e6} uV`]);
    const lf = { ...probe, snsApLfSy: '0,2,1', snsSaveChanSubset: '5,7:8', imSampRate: 2500, '~snsChanMap': '(4,4,1)' };
    const lfPath = writeStream(folder, 'r_g0_t0.imec0.lf', lf, rows);
    expect(gainsOf(lfPath)).toEqual([`${(0.6 / 512 / 125) * 1e6} uV`, `${(0.6 / 512 / 1500) * 1e6} uV`]);
    const { info } = openRecording(lfPath);
    expect(info.channels.slice(0, 2).map(({ name, label }) => `${name} ${label}`)).toEqual(['ai1 LF1', 'ai2 LF3']);
    expect(info.problems).toEqual([]);
  });

  it('reads samples, the sync line and times that begin at the first sample', () => {
    const recording = openRecording(writeStream(newFolder(), 'r_g0_t0.imec0.ap', probe, rows));
    const gain = (0.6 / 512 / 250) * 1e6;
    expect([...readChannel(testContext(), recording, 'ai2')]).toEqual([-200 * gain, -201 * gain]);
    const sync = recording.info.channels.find(({ label }) => label === 'SY0 bit 6 (sync)');
    expect(sync?.name).toBe('di7');
    expect([...readChannel(testContext(), recording, 'di7')]).toEqual([1, 0]);
    expect([...readChannel(testContext(), recording, 't1')]).toEqual([2, 2 + 1 / 30_000]);
    expect(recording.info.segments).toEqual([{ start: 0, samples: 2, t0: 2, t1: 2 + 1 / 30_000 }]);
  });

  it.each([
    [
      'an electrode number in tables of 2.0 probes is no gain',
      { imDatPrb_type: 24, imAiRangeMax: 0.5 },
      0.5 / 8192 / 80,
    ],
    [
      'a gain of its own',
      { imDatPrb_type: 2013, imDatPrb_pn: 'NP2013', imMaxInt: 2048, imChan0apGain: 90 },
      0.6 / 2048 / 90,
    ],
    ['the usual gain of commercial 2.0 probes', { imDatPrb_type: 2003, imDatPrb_pn: 'NP2003' }, 0.6 / 8192 / 100],
    ['gains in the header of the table', { imDatPrb_type: 1110, '~imroTbl': '(1110,2,0,500,250,1)' }, 0.6 / 512 / 500],
  ])('knows %s', (_, lines, volts) => {
    const path = writeStream(newFolder(), 'r_g0_t0.imec0.ap', { ...probe, ...lines }, rows);
    expect(gainsOf(path)).toEqual([`${volts * 1e6} uV`, `${volts * 1e6} uV`]);
  });

  it('gives the stored words where the scale is not told, and says so', () => {
    const short = { ...probe, '~imroTbl': '(0,4)(0 0 0 500 250 1)(1 0 0 1000 125 1)' };
    const path = writeStream(newFolder(), 'r_g0_t0.imec0.ap', short, rows);
    expect(gainsOf(path)).toEqual([`${(0.6 / 512 / 1000) * 1e6} uV`, '1 ']);
    expect(openRecording(path).info.problems[0]?.message).toContain('AP3');
    const unknown = writeStream(newFolder(), 'r_g0_t0.imec0.ap', { ...probe, imDatPrb_type: 9999 }, rows);
    expect(gainsOf(unknown)).toEqual(['1 ', '1 ']);
    expect(codesOf(unknown)).toEqual(['recording.assumedScale']);
  });

  it('counts all 16 lines of a digital word, those of the first device first', () => {
    const path = writeStream(newFolder(), 'r_g0_t0.nidq', board, [[7, 8, -32768, 0x0081]]);
    const recording = openRecording(path);
    const lines = recording.info.channels.filter(({ type }) => type === 'digital_in');
    expect(lines.map(({ label }) => label)).toEqual(Array.from({ length: 24 }, (_, line) => `XD${line}`));
    const high = lines.filter(({ name }) => readChannel(testContext(), recording, name)[0] === 1);
    expect(high.map(({ label }) => label)).toEqual(['XD15', 'XD16', 'XD23']);
    expect(gainsOf(path)).toEqual([`${5 / 32768 / 200} V`, `${5 / 32768} V`]);
  });

  it('scales a OneBox', () => {
    const box = {
      typeThis: 'obx',
      obSampRate: 30_000,
      nSavedChans: 2,
      acqXaDwSy: '1,0,1',
      snsXaDwSy: '1,0,1',
      obAiRangeMax: 5,
      obMaxInt: 32768,
    };
    expect(gainsOf(writeStream(newFolder(), 'r_g0_t0.obx0.obx', box, [[1, 2]]))).toEqual([`${5 / 32768} V`]);
  });

  it('opens a run: its streams together, triggers as segments, not what CatGT joined', () => {
    const folder = newFolder();
    mkdirSync(join(folder, 'a_g7_g0_imec0'));
    const inside = join(folder, 'a_g7_g0_imec0');
    writeStream(inside, 'a_g7_g0_t10.imec0.ap', { ...probe, firstSample: 90_000 }, rows);
    writeStream(inside, 'a_g7_g0_t2.imec0.ap', probe, rows);
    writeStream(inside, 'a_g7_g0_tcat.imec0.ap', probe, [...rows, ...rows]);
    writeStream(folder, 'a_g7_g0_t2.nidq', board, [[7, 8, 0, 0]]);
    const { info, streams } = openRecording(folder);
    expect(info.segments.map(({ start, samples, t0 }) => [start, samples, t0])).toEqual([
      [0, 2, 2],
      [2, 2, 3],
    ]);
    expect(streams.length).toBe(2);
    expect(info.channels.filter(({ type }) => type === 'analog_in').map(({ label }) => label)).toEqual([
      'imec0.ap AP1',
      'imec0.ap AP3',
      'nidq MN0',
      'nidq XA0',
    ]);
    expect(new Set(info.channels.map(({ name }) => name)).size).toBe(info.channels.length);
    expect(info.problems.map(({ code }) => code)).toContain('recording.ownClocks');
    writeFileSync(join(folder, 'a_g7_g0_t2.nidq.meta'), 'typeThis=nidq\n');
    const rest = openRecording(folder);
    expect(rest.streams.length).toBe(1);
    expect(rest.info.problems[0]?.message).toContain('The stream nidq cannot be read');
    writeStream(folder, 'other_g0_t0.nidq', board, [[7, 8, 0, 0]]);
    expect(recognise(folder).sniffs).toEqual([]);
  });

  it('reads names from the right', () => {
    expect(parseStreamName('/x/my_g7_t1_g2_t11.imec.ap.bin')).toEqual({
      run: 'my_g7_t1_g2',
      trigger: '11',
      stream: 'imec.ap',
    });
    expect(parseStreamName('/x/my_t11.imec0.ap.bin')).toBeNull();
  });

  it('reads whole samples of a file that was not closed, and says how many bytes are left out', () => {
    const path = writeStream(newFolder(), 'r_g0_t0.imec0.ap', { ...probe, fileSizeBytes: 12 }, rows);
    appendFileSync(path, Buffer.alloc(5));
    const { segments, problems } = openRecording(path).info;
    expect(segments[0]?.samples).toBe(2);
    expect(problems[0]?.message).toContain('5 bytes');
    expect(problems[1]?.message).toContain('tells 12 bytes, and there are 17');
    writeFileSync(path, '');
    expect(openRecording(path).info.segments).toEqual([]);
    expect(codesOf(path)).toContain('format.empty');
  });

  it('refuses texts that lie', () => {
    const broken = (lines: Record<string, string | number>) =>
      writeStream(
        newFolder(),
        'r_g0_t0.imec0.ap',
        Object.fromEntries(Object.entries({ ...probe, ...lines }).filter(([, value]) => value !== '-')),
        rows,
      );
    refuses(broken({ nSavedChans: '-' }), 'the line nSavedChans is missing');
    refuses(broken({ nSavedChans: 0 }), 'nSavedChans=0');
    refuses(broken({ nSavedChans: 4 }), 'does not fit the counts snsApLfSy=2,0,1');
    refuses(broken({ imSampRate: '-' }), 'the line imSampRate is missing');
    refuses(broken({ imSampRate: 'fast' }), 'imSampRate=fast is no number');
    refuses(broken({ imSampRate: -1 }), 'must be more than zero');
    refuses(broken({ snsSaveChanSubset: '0:99999999999' }), 'beyond the 9 acquired');
    refuses(broken({ snsSaveChanSubset: '0:8,0:8' }), 'more than once');
    refuses(broken({ snsSaveChanSubset: '4:5,8' }), 'does not fit the counts');
    refuses(broken({ acqApLfSy: '4,4,99999999' }), 'more than can be');
    refuses(broken({ typeThis: 'camera' }), 'typeThis=camera');
    const path = broken({});
    writeFileSync(path.replace('.bin', '.meta'), Buffer.from('typeThis=imec\n\0\x01'));
    refuses(path, 'binary data');
    rmSync(path.replace('.bin', '.meta'));
    refuses(path, 'the number of channels is unknown');
  });

  it('leaves files of other makes alone', () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'notes.meta'), 'a text');
    writeFileSync(join(folder, 'notes.bin'), 'other data');
    expect(recognise(join(folder, 'notes.bin'))).toEqual({ sniffs: [], nearMisses: [] });
    expect(recognise(join(folder, 'notes.meta'))).toEqual({ sniffs: [], nearMisses: [] });
  });

  it(`survives damage (seed ${fuzzSeed})`, { timeout: fuzzMs }, () => {
    const folder = newFolder();
    const many = Array.from({ length: 4000 }, (_, index) => [index, -index, index & 64]);
    writeStream(folder, 'f_g0_t0.imec0.ap', probe, many);
    writeStream(
      folder,
      'f_g0_t0.nidq',
      board,
      many.map((row) => [...row, 3]),
    );
    fuzz([folder]);
  });
});
