import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzz, fuzzMs, fuzzSeed } from '../../signal/fuzz-support.ts';
import { readSamples } from '../../signal/samples.ts';
import { readChannel, testContext } from '../../signal/test-support.ts';
import { openRecording } from '../registry.ts';
import { findAll, parseXml } from './xml.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-rec-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Spec {
  channels: number;
  packets: number;
  perChip?: number;
  device?: string;
  /** Hardware channels that the configuration lists; all by default. */
  listed?: readonly number[];
  savedListedOnly?: boolean;
  /** Words of a packet, where they are not one a hardware channel. */
  words?: number;
  lineEnd?: string;
  stampOf?: (packet: number) => number;
}

/** Word w of packet p. */
const word = (p: number, w: number) => 100 * w + (p % 90) - 2000;
/** Ain1 is at an odd byte of the packet. */
const ain = (p: number) => p * 3 - 500;
const turn = (p: number) => (p % 5000 === 700 ? 1 : p % 5000 === 1900 ? 2 : 0);

function configuration(spec: Spec): string {
  const listed = spec.listed ?? Array.from({ length: spec.channels }, (_, hw) => hw);
  const tags = listed.map(
    (hw) =>
      `<SpikeNTrode id="${hw + 1}" rawScalingToUv="0.5" spikeScalingToUv="9"><SpikeChannel hwChan="${hw}"/></SpikeNTrode>`,
  );
  return `<?xml version="1.0" encoding="whatever"?>
<Configuration>
 <!-- <Device numBytes="99"/> -->
 <GlobalConfiguration saveDisplayedChanOnly="${spec.savedListedOnly ? 1 : 0}" filePath="C:\\a<b & c>" trodesVersion="2.4.1"/>
 <HardwareConfiguration numChannels="${spec.channels}" samplingRate="20000">
  <Device numBytes="7" name="Multiplexed" available="1" packetOrderPreference="40">
   <Channel startByte="1" dataType="analog" bit="0" id="AccelX" interleavedDataIDByte="0" interleavedDataIDBit="0"/>
   <Channel startByte="1" dataType="analog" bit="0" id="AccelY" interleavedDataIDByte="0" interleavedDataIDBit="1"/>
   <Channel startByte="3" dataType="analog" id="Ain1"/>
   <Channel startByte="6" dataType="analog" id="Ain2"/>
  </Device>
  <Device numBytes="2" name="MCU_IO" available="1" packetOrderPreference="10">
   <Channel startByte="0" dataType="digital" bit="1" id="MCU_Din2" input="1"/>
   <Channel startByte="1" dataType="digital" bit="7" id="Dout3" input="0"/>
   <Channel startByte="1" dataType="digital" bit="0" id="Din4" input="1"/>
  </Device>
 </HardwareConfiguration>
 <SpikeConfiguration chanPerChip="${spec.perChip ?? 32}" ${spec.device ? `device="${spec.device}"` : ''}>${tags.join('')}</SpikeConfiguration>
</Configuration>${spec.lineEnd ?? '\n'}`;
}

function make(spec: Spec): Buffer {
  const words = spec.words ?? (spec.savedListedOnly ? (spec.listed?.length ?? spec.channels) : spec.channels);
  const size = 1 + 9 + 4 + 2 * words;
  const data = Buffer.alloc(size * spec.packets);
  for (let p = 0; p < spec.packets; p++) {
    const at = p * size;
    data[at] = 0x55;
    data[at + 1] = (p >> 1) & 1 ? 0b10 : 0b1;
    data[at + 2] = p % 3 === 0 ? 0x80 : 0x01;
    data[at + 3] = turn(p);
    data.writeInt16LE(turn(p) ? p % 30_000 : -1, at + 4);
    data.writeInt16LE(ain(p) % 30_000, at + 6);
    data.writeUInt32LE((spec.stampOf?.(p) ?? 1000 + p) >>> 0, at + 10);
    for (let w = 0; w < words; w++) data.writeInt16LE(word(p, w), at + 14 + 2 * w);
  }
  return Buffer.concat([Buffer.from(configuration(spec)), data]);
}

function write(name: string, spec: Spec): string {
  const path = join(folder, name);
  writeFileSync(path, make(spec));
  return path;
}

describe('SpikeGadgets', () => {
  const context = testContext();
  const wordOf = (recording: ReturnType<typeof openRecording>, name: string) => {
    const value = readChannel(context, recording, name)[7] ?? NaN;
    return (value / 0.5 + 2000 - 7) / 100;
  };

  it.each([
    ['chips read in parallel', { channels: 8, perChip: 4 }, [0, 2, 4, 6, 1, 3, 5, 7]],
    ['one chip', { channels: 4, perChip: 4 }, [0, 1, 2, 3]],
    ['no whole chips', { channels: 6, perChip: 4 }, [0, 1, 2, 3, 4, 5]],
    ['a nonsense size of chips', { channels: 4, perChip: 1_645_402_192 }, [0, 1, 2, 3]],
    ['Neuropixels', { channels: 8, perChip: 4, device: 'neuropixels1' }, [0, 1, 2, 3, 4, 5, 6, 7]],
  ] as const)('finds the words of %s', (name, spec, words) => {
    const recording = openRecording(write(`${name}.rec`, { ...spec, packets: 20 }));
    expect(recording.info.problems.map(({ message }) => message)).toEqual([expect.stringContaining('Ain2')]);
    expect(words.map((_, hw) => wordOf(recording, `ai${hw + 1}`))).toEqual(words);
    expect(recording.info.channels.find(({ name: channel }) => channel === 'ai2')).toMatchObject({
      gain: 0.5,
      groups: { nTrode: '2' },
    });
  });

  it('finds words where only some channels are listed, stored or not', () => {
    const some = { channels: 8, perChip: 4, packets: 20, listed: [5, 0, 2] };
    const all = openRecording(write('all stored.rec', some));
    expect(['ai1', 'ai3', 'ai6'].map((name) => wordOf(all, name))).toEqual([0, 4, 3]);
    // The sequence 0 4 1 5 2 6 3 7 without what is missing: 0 5 2.
    const listed = openRecording(write('listed stored.rec', { ...some, savedListedOnly: true }));
    expect(['ai1', 'ai3', 'ai6'].map((name) => wordOf(listed, name))).toEqual([0, 2, 1]);
    const lies = openRecording(write('lies.rec', { ...some, savedListedOnly: true, words: 8 }));
    expect(['ai1', 'ai3', 'ai6'].map((name) => wordOf(lies, name))).toEqual([0, 4, 3]);
    expect(lies.info.problems.map(({ message }) => message).join()).toContain(
      'although the configuration says otherwise',
    );
  });

  it('reads lines and sensors, by NDI names', () => {
    const recording = openRecording(write('aux.rec', { channels: 3, packets: 12_000, lineEnd: '\r\n' }));
    const named = recording.info.channels.map(({ name, label }) => [name, label]).slice(4);
    expect(named).toEqual([
      ['ax1', 'Ain1'],
      ['ax2', 'AccelX'],
      ['ax3', 'AccelY'],
      ['di34', 'MCU_Din2'],
      ['do3', 'Dout3'],
      ['di4', 'Din4'],
    ]);
    const expectAll = (name: string, value: (p: number) => number) =>
      expect(readChannel(context, recording, name)).toEqual(Float64Array.from({ length: 12_000 }, (_, p) => value(p)));
    expectAll('ax1', (p) => ain(p) % 30_000);
    expectAll('di34', (p) => (p >> 1) & 1);
    expectAll('do3', (p) => Number(p % 3 === 0));
    expectAll('di4', (p) => Number(p % 3 !== 0));
    const held = (phase: number) => (p: number) => (p < phase ? 0 : Math.floor((p - phase) / 5000) * 5000 + phase);
    expectAll('ax2', held(700));
    expectAll('ax3', held(1900));
    // A range that begins between two values looks back.
    const query = { channels: 'ax2', from: 5_400, to: 5_410, unit: 'samples' as const };
    expect([...(readSamples(context, recording, query).data[0] ?? [])]).toEqual(Array.from({ length: 10 }, () => 700));
  });

  it('starts a segment at lost packets and goes on where stamps begin again', () => {
    const lost = openRecording(
      write('lost.rec', { channels: 2, packets: 100, stampOf: (p) => (p < 40 ? p : p + 17) }),
    ).info;
    expect(lost.segments.map(({ start, samples, t0 }) => [start, samples, t0])).toEqual([
      [0, 40, 0],
      [40, 60, 57 / 20_000],
    ]);
    const wrapped = openRecording(
      write('wrap.rec', { channels: 2, packets: 100, stampOf: (p) => 2 ** 32 - 50 + p }),
    ).info;
    expect(wrapped.segments).toEqual([
      { start: 0, samples: 100, t0: (2 ** 32 - 50) / 20_000, t1: (2 ** 32 + 49) / 20_000 },
    ]);
  });

  it('leaves out a first packet with a stale stamp', () => {
    const path = write('stale.rec', { channels: 2, packets: 50, stampOf: (p) => (p === 0 ? 9_000_000 : 1000 + p) });
    const recording = openRecording(path);
    expect(recording.info.segments).toEqual([{ start: 0, samples: 49, t0: 1001 / 20_000, t1: 1049 / 20_000 }]);
    expect(recording.info.problems.map(({ message }) => message).join()).toContain('left over from before');
    expect(readChannel(context, recording, 'ai1')[0]).toBe(0.5 * word(1, 0));
  });

  it('uses the whole packets of a file that is cut', () => {
    const path = join(folder, 'cut.rec');
    writeFileSync(path, make({ channels: 2, packets: 10 }).subarray(0, -3));
    const { info } = openRecording(path);
    expect(info.segments[0]?.samples).toBe(9);
    expect(info.problems[0]?.message).toContain('15 bytes at the end');
  });

  it('reads old headers, which count words before the time stamp', () => {
    const text = `<Configuration><GlobalConfiguration/><HardwareConfiguration headerSize="3" numChannels="1" samplingRate="30000"/>
<SpikeConfiguration><SpikeNTrode id="1"><SpikeChannel hwChan="0"/></SpikeNTrode></SpikeConfiguration></Configuration>\n`;
    const data = Buffer.alloc(12 * 5);
    for (let p = 0; p < 5; p++) {
      data[12 * p] = 0x55;
      data.writeUInt32LE(p, 12 * p + 6);
      data.writeInt16LE(10 * p, 12 * p + 10);
    }
    const path = join(folder, 'old.rec');
    writeFileSync(path, Buffer.concat([Buffer.from(text), data]));
    const recording = openRecording(path);
    expect(readChannel(context, recording, 'ai1')).toEqual(
      Float64Array.of(0, 10 * 0.195, 20 * 0.195, 30 * 0.195, 40 * 0.195),
    );
  });

  it.each([
    ['numChannels="2"', 'numChannels="-2"', 'numChannels is not a count'],
    ['samplingRate="20000"', 'samplingRate="0"', 'samplingRate is not a rate'],
    ['numBytes="7"', 'numBytes="x"', 'numBytes of the device Multiplexed is not a size'],
    ['HardwareConfiguration', 'HardwareConfigurat10n', 'has no HardwareConfiguration'],
    ['</SpikeConfiguration>', '</SpikeKonfiguration>', 'closes nothing'],
    ['numBytes="7"', 'numBytes="9"', 'does not fit to its data'],
  ])('refuses a configuration with %s as %s', (from, to, words) => {
    const path = join(folder, 'bad.rec');
    const text = make({ channels: 2, packets: 30 }).toString('latin1').replaceAll(from, to);
    writeFileSync(path, Buffer.from(text, 'latin1'));
    expect(() => openRecording(path)).toThrow(expect.objectContaining({ code: 'format.invalid' }));
    expect(() => openRecording(path)).toThrow(words);
  });

  it(
    `survives damage (NDI_FUZZ_SEED=${fuzzSeed})`,
    () => {
      fuzz([
        write('fuzz.rec', { channels: 8, perChip: 4, packets: 500 }),
        write('bare.rec', { channels: 0, packets: 500 }),
      ]);
    },
    fuzzMs,
  );
});

describe('configurations in XML', () => {
  it('reads elements, attributes and nothing else', () => {
    const root = parseXml(
      `<?xml version="1.0"?><!DOCTYPE x><a one='1&amp;2'><!-- <c/> --><b x = "a>b"/>text<d><b/></d></a>`,
    );
    expect([root.name, root.attributes.get('one')]).toEqual(['a', '1&2']);
    expect(findAll(root, 'b').map(({ attributes }) => attributes.get('x'))).toEqual(['a>b', undefined]);
    expect(findAll(root, 'c')).toEqual([]);
  });

  it.each(['<a', '<a><b></a>', '<a < b="1"/>', '</a>', '', '<a><!-- </a>', '<a>'.repeat(100)])('refuses %j', (text) => {
    expect(() => parseXml(text)).toThrow();
  });
});
