import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { commandLine, type Samples } from './support/command-line.ts';
import { demoSession } from './support/demo.ts';

const { folder, ndi, answer, failure } = commandLine();

test.describe('another clock', () => {
  interface Clock {
    offset: number;
    scale: number;
    jump: { at: number; seconds: number } | null;
  }
  interface Truth {
    epochs: {
      number: number;
      clocks: { blackrock1: Clock };
      triggers: { intan1: number[]; blackrock1: number[] };
    }[];
  }
  /** What the second device's clock shows at a time of the first. */
  const shown = ({ offset, scale, jump }: Clock, time: number) =>
    offset + scale * time + (jump !== null && time >= jump.at ? jump.seconds : 0);
  const bound = 50e-6;
  // The third epoch has offset, drift and a jump.
  const source = (path: string, device: string) => [path, '--device', device, '--epoch', '3'];
  const planted = async () => {
    const { path, answer: made } = await demoSession();
    const epoch = (made['truth'] as Truth).epochs.find(({ number }) => number === 3);
    if (epoch === undefined) throw new Error('There is no third epoch.');
    return { path, epoch, clock: epoch.clocks.blackrock1 };
  };

  test('events of one device are told on the other’s, as planted', async () => {
    const { path, epoch } = await planted();
    const args = ['events', ...source(path, 'blackrock1'), '--channels', 'mk1', '--clock', 'intan1/3/dev_local_time'];
    const all = await answer<{ time: number }[]>([...args, '--from', '-1', '--to', '100']);
    expect(all).toHaveLength(epoch.triggers.intan1.length);
    for (const [at, { time }] of all.entries()) {
      expect(Math.abs(time - (epoch.triggers.intan1[at] ?? NaN))).toBeLessThan(bound);
    }
    const [from, to] = [(epoch.triggers.intan1[2] ?? 0) - 0.01, (epoch.triggers.intan1[5] ?? 0) - 0.01];
    expect(await answer([...args, '--from', `${from}`, '--to', `${to}`])).toEqual(all.slice(2, 5));
    expect((await failure([...args, '--from', '5', '--to', '4'], 2)).code).toBe('range.invalid');
    expect((await failure([...args.slice(0, -1), 'nonsense', '--from', '0', '--to', '1'], 2)).code).toBe(
      'usage.invalid',
    );
  });

  test('samples too, on both sides of the jump: csv by row, json and npy by lines', async () => {
    const { path, clock } = await planted();
    const args = ['read', ...source(path, 'intan1'), '--channels', 'ai1-2', '--clock', 'blackrock1/dev_local_time'];
    const jumpAt = clock.jump?.at ?? NaN;
    const range = ['--from', `${shown(clock, jumpAt - 0.5)}`, '--to', `${shown(clock, jumpAt + 0.5)}`];
    const file = join(folder, 'clock.csv');
    await answer([...args, ...range, '--out', file]);
    const rows = readFileSync(file, 'utf8').trimEnd().split('\n').slice(1);
    const times = rows.map((row) => Number(row.split(',')[0]));
    const first = Math.round((jumpAt - 0.5) * 20_000);
    expect(Math.abs(rows.length - 20_000)).toBeLessThan(3);
    for (const [at, time] of times.entries()) {
      const own = (first + at) / 20_000;
      // Where exactly it jumps lies between two triggers' samples; the first row may be the next one.
      if (Math.abs(own - jumpAt) > 0.001) expect(Math.abs(time - shown(clock, own))).toBeLessThan(bound + 1 / 20_000);
    }
    const whole = [...args, '--from', '0', '--to', '1e6'];
    const json = await answer<Samples & { clock: { ownT0: number; lines: { fromSec: number; mapping: number[] }[] } }>([
      ...args,
      ...range,
    ]);
    expect(json.t0).toBe(times[0]);
    expect(json.data[0]).toHaveLength(rows.length);
    expect(json.clock.lines).toHaveLength(2);
    const npy = await answer<{ clock: typeof json.clock }>([...whole, '--out', join(folder, 'clock.npy')]);
    expect(npy.clock).toEqual({ ...json.clock, ownT0: 0 });
    for (const { fromSec, mapping } of npy.clock.lines) {
      const own = fromSec + 0.1;
      expect(Math.abs((mapping[0] ?? 0) * own + (mapping[1] ?? 0) - shown(clock, own))).toBeLessThan(bound);
    }
    expect((await ndi([...whole, '--format', 'npy'])).status).toBe(2);
  });

  test('the spikes of a neuron are read as its values and their times', async () => {
    const { path, answer: made } = await demoSession();
    const truth = made['truth'] as {
      epochs: { folder: string; number: number }[];
      units: { sortedAs: { neuron?: string }; spikes: { epoch: number; times: number[] }[] }[];
    };
    const elements = await answer<{ name: string; epochs: { epochId: string; number: number }[] }[]>([
      'elements',
      path,
    ]);
    expect(elements.map(({ name }) => name)).toContain('cortex_1_1');
    const { epochId } = elements.find(({ name }) => name === 'cortex_1_1')?.epochs[0] ?? { epochId: '' };
    const epochs = await answer<{ epochId: string; files: string[] }[]>(['epochs', path]);
    const file = epochs.find((one) => one.epochId === epochId)?.files[0] ?? '';
    const planted = truth.epochs.find(({ folder }) => file.includes(folder))?.number ?? 0;
    const spikes = truth.units
      .find(({ sortedAs }) => sortedAs.neuron === 'cortex_1_1')
      ?.spikes.find((one) => one.epoch === planted);
    const inRange = (spikes?.times ?? []).filter((time) => time >= 2 && time < 9);
    expect(inRange.length).toBeGreaterThan(3);
    const args = ['read', path, '--element', 'cortex_1_1|1', '--epoch', epochId, '--from', '2', '--to', '9'];
    expect(await answer(args)).toEqual({
      channels: [{ name: 'e1', units: '', sampleRate: -1 }],
      t0: inRange[0],
      times: [inRange],
      data: [inRange.map(() => 1)],
    });
    expect((await failure([...args, '--format', 'npy', '--out', join(path, 'x.npy')], 2)).code).toBe('usage.invalid');
    const clock = `probe: cortex | 1/${epochId}/dev_local_time`;
    const onProbe = await answer<{ times: number[][] }>([...args, '--clock', clock]);
    expect(onProbe.times).toEqual([inRange]);
  });

  test('a probe’s channels are read in the order of its device string', async () => {
    const { path } = await demoSession();
    const range = ['--from', '1', '--to', '1.001', '--epoch', '1'];
    const probe = await answer<Samples>(['read', path, '--probe', 'cortex|1', ...range]);
    const names = probe.channels.map(({ name }) => name).join(',');
    const device = await answer<Samples>(['read', path, '--device', 'intan1', '--channels', names, ...range]);
    expect(names).toMatch(/^ai1,ai2/);
    expect(probe).toEqual(device);
    expect((await failure(['read', path, '--probe', 'nobody|1', ...range], 3)).code).toBe('epoch.notFound');
    expect((await failure(['read', path, ...range], 2)).code).toBe('usage.invalid');
  });
});
