import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { timeOnLines } from '../../../shared/model/clock-lines.ts';
import { cleanUp, fingerprint } from '../../ndi/testing/folders.ts';
import { clockTime } from '../demo/clocks.ts';
import { removeFolders } from '../imports/testing/made-recordings.ts';
import { fault, local, makeSampleClocks, type SampleClocks } from './testing/sample-clocks.ts';

let services: SampleClocks['services'];
let path: SampleClocks['path'];
let truth: SampleClocks['truth'];
let info: SampleClocks['info'];
let idOf: SampleClocks['idOf'];

beforeAll(async () => {
  ({ services, path, truth, info, idOf } = await makeSampleClocks());
});
afterAll(async () => {
  await services.close();
  removeFolders();
  cleanUp();
});

describe('the clocks of the sample session', () => {
  it('are converted as the truth says, on both sides of the jump, within 50 µs', async () => {
    for (const epoch of truth.epochs) {
      const clock = epoch.clocks.blackrock1;
      const times = [0.01, 1, 4.5, 7, 8.2, 8.9, 12, 15.9];
      const request = { path, from: local('intan1', epoch.number), to: local('blackrock1') };
      const there = await services.sync.convertMany({ ...request, times });
      expect(there.epochIds).toEqual([idOf('blackrock1', epoch.number)]);
      const back = { path, from: local('blackrock1', epoch.number), to: local('intan1') };
      for (const [at, time] of times.entries()) {
        const shown = clockTime(clock, time);
        expect(Math.abs(there.times[at]! - shown)).toBeLessThan(50e-6);
        expect(Math.abs((await services.sync.convert({ ...back, time: shown })).time - time)).toBeLessThan(50e-6);
      }
      expect(there.errorSec).toBeLessThan(50e-6);
    }
  });

  it('jump where the second device’s stamps step', async () => {
    const { jump } = truth.epochs[2]!.clocks.blackrock1;
    for (const [time, jumped] of [
      [jump!.at - 0.001, 0],
      [jump!.at + 0.001, 1],
    ] as const) {
      const { time: there } = await services.sync.convert({
        path,
        time,
        from: local('intan1', 3),
        to: local('blackrock1'),
      });
      const running = clockTime({ ...truth.epochs[2]!.clocks.blackrock1, jump: null }, time);
      expect(there - running).toBeCloseTo(jumped * jump!.seconds, 3);
    }
  });

  it('are named in the health list: offset, drift and jump with their values', async () => {
    const findings = await services.sync.health({ path });
    const of = (code: string, number: number) =>
      findings.filter(
        (finding) => finding.code === code && finding.nodes.some((node) => node.includes(idOf('blackrock1', number))),
      );
    for (const { number, clocks } of truth.epochs) {
      const [offset] = of('time.offset', number);
      expect(Math.abs(offset!.value! - clocks.blackrock1.offset)).toBeLessThan(50e-6);
      const [drift] = of('time.drift', number);
      expect(Math.abs(drift!.value! - clocks.blackrock1.driftPpm)).toBeLessThan(2);
      const jumps = of('time.jump', number);
      expect(jumps).toHaveLength(clocks.blackrock1.jump === null ? 0 : 1);
      for (const jump of jumps) expect(Math.abs(jump.value! - clocks.blackrock1.jump!.seconds)).toBeLessThan(50e-6);
    }
    expect(new Set(findings.map(({ code }) => code))).toEqual(new Set(['time.offset', 'time.drift', 'time.jump']));
  });

  it('tell every time of an epoch’s signals by exact lines', async () => {
    for (const { number, clocks } of truth.epochs) {
      const source = { path, device: 'blackrock1', epoch: String(number) };
      const times = await services.sync.signalTimes({ source, to: local('intan1') });
      expect(times.from).toMatchObject({ epochId: idOf('blackrock1', number), clock: 'dev_local_time' });
      expect(times.lines).toHaveLength(clocks.blackrock1.jump === null ? 1 : 2);
      expect(new Set(times.lines.map((line) => line.epochId))).toEqual(new Set([idOf('intan1', number)]));
      const asked = Array.from(
        { length: 500 },
        (_, at) => times.from.t0 + (at / 499) * (times.from.t1 - times.from.t0),
      );
      const { times: one } = await services.sync.convertMany({
        path,
        times: asked,
        from: local('blackrock1', number),
        to: local('intan1'),
      });
      for (const [at, time] of asked.entries()) expect(timeOnLines(times.lines, time)).toBeCloseTo(one[at]!, 9);
    }
    const source = { path, device: 'intan1', epoch: '1' };
    const ask = (to: object) => services.sync.signalTimes({ source, to: { ...local('blackrock1'), ...to } });
    await expect(ask({ epoch: '2' })).rejects.toThrow(fault('time.noPath'));
    await expect(ask({ clock: 'utc' })).rejects.toThrow(fault('time.noClock'));
  });

  it('put every epoch on the clock of one device', async () => {
    const placed = await services.sync.placeEpochs({ path, device: 'intan1', clock: 'dev_local_time' });
    expect(placed.map(({ device, epochId }) => [device, epochId])).toEqual(
      info.epochs.map(({ device, epochId }) => [device, epochId]),
    );
    for (const { number, clocks } of truth.epochs) {
      const of = (device: string) => placed.find((one) => one.epochId === idOf(device, number))!.on!;
      expect(of('intan1')).toMatchObject({ epochId: idOf('intan1', number), t0: 0 });
      const { t0, t1, epochId } = of('blackrock1');
      expect(epochId).toBe(idOf('intan1', number));
      const { clocks: spans } = info.epochs.find((one) => one.epochId === idOf('blackrock1', number))!;
      expect(Math.abs(clockTime(clocks.blackrock1, t0) - spans[0]!.t0!)).toBeLessThan(50e-6);
      expect(Math.abs(clockTime(clocks.blackrock1, t1) - spans[0]!.t1!)).toBeLessThan(50e-6);
    }
    // The jump of the third pair of epochs is no straight line; all others are.
    const bent = placed.filter(({ on }) => on?.lines !== undefined);
    expect(bent.map(({ epochId }) => epochId)).toEqual([idOf('blackrock1', 3)]);
    const { jump } = truth.epochs[2]!.clocks.blackrock1;
    const { t0, t1, lines = [] } = bent[0]!.on!;
    const [span] = info.epochs.find((one) => one.epochId === idOf('blackrock1', 3))!.clocks;
    let worst = 0;
    for (const time of [0.5, 4, jump!.at - 0.01, jump!.at + 0.01, 12]) {
      const own = clockTime(truth.epochs[2]!.clocks.blackrock1, time);
      expect(Math.abs(timeOnLines(lines, own)! - time)).toBeLessThan(50e-6);
      const straight = t0 + ((own - span!.t0!) / (span!.t1! - span!.t0!)) * (t1 - t0);
      worst = Math.max(worst, Math.abs(straight - time));
    }
    expect(worst).toBeGreaterThan(jump!.seconds / 4);
    const none = await services.sync.placeEpochs({ path, device: 'intan1', clock: 'utc' });
    expect(none.every(({ on, reason }) => on === null && reason !== null)).toBe(true);
  });

  it('tell the sample that is nearest, on the clock of the samples', async () => {
    const [epoch] = truth.epochs;
    const { firstSample, samples } = epoch!.clocks.blackrock1;
    const rate = truth.devices.blackrock1.sampleRate;
    const to = local('blackrock1');
    const there = await services.sync.convert({ path, time: 2, from: local('intan1', 1), to });
    expect(there.sample).toBe(Math.round((there.time - firstSample) * rate));
    expect((await services.sync.convert({ path, time: -1, from: local('intan1', 1), to })).sample).toBeNull();
    expect((await services.sync.convert({ path, time: 500, from: local('intan1', 1), to })).sample).toBeNull();
    const probe = await services.sync.convert({ path, time: 2, from: local('cortex | 1', 1), to: local('intan1') });
    expect(probe.sample).toBe(2 * truth.devices.intan1.sampleRate);
    expect(there.sample).toBeLessThan(samples);
  });

  it('reach probes too', async () => {
    const request = { path, time: 2, from: { ...local('cortex | 1', 1) }, to: local('probe: thalamus | 1') };
    const { time, path: hops, cost } = await services.sync.convert(request);
    expect(Math.abs(time - clockTime(truth.epochs[0]!.clocks.blackrock1, 2))).toBeLessThan(50e-6);
    expect(hops.map((hop) => hop.kind)).toEqual(['underlying', 'rule', 'underlying']);
    expect(cost).toBe(3);
    const { nodes } = await services.sync.graph({ path });
    expect(nodes.map((node) => node.device)).not.toContain('probe: cortex | 1');
  });

  it('are only looked at: not a byte of the session changes', async () => {
    const before = fingerprint(path);
    const { nodes, edges, problems } = await services.sync.graph({ path, derived: true });
    expect(nodes.length).toBeGreaterThan(6);
    expect(edges.every((edge) => edge.mapping.length === 2)).toBe(true);
    expect(problems.length).toBeGreaterThan(0);
    await services.sync.preview({ path, rule: { class: 'filematch' } });
    expect(fingerprint(path)).toEqual(before);
  });

  it('say what is wrong with what is asked', async () => {
    const ask = (from: object, to: object) => services.sync.convert({ path, time: 1, from, to } as never);
    await expect(ask(local('camera', 1), local('intan1'))).rejects.toThrow(fault('epoch.notFound'));
    await expect(ask(local('intan1', 9), local('blackrock1'))).rejects.toThrow(fault('epoch.notFound'));
    await expect(ask(local('intan1'), local('blackrock1'))).rejects.toThrow(fault('time.notGlobal'));
    await expect(ask({ device: 'intan1', epoch: '1', clock: 'utc' }, local('blackrock1'))).rejects.toThrow(
      fault('time.noClock'),
    );
    await expect(ask(local('intan1', 1), local('blackrock1', 2))).rejects.toThrow(fault('time.noPath'));
    await expect(ask({ ...local('intan1', 1), clock: 'wall' }, local('blackrock1'))).rejects.toThrow(
      fault('document.invalid'),
    );
  });
});
