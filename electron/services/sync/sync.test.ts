import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CallOutputs } from '../../../shared/contract/contract.ts';
import { timeOnLines } from '../../../shared/model/clock-lines.ts';
import { cleanUp, copyOf, fingerprint } from '../../ndi/testing/folders.ts';
import type { JsonObject } from '../../../shared/model/document-json.ts';
import {
  dependencyValue,
  documentId,
  type NdiDocument,
  normaliseDocument,
  valueAt,
  withDependency,
} from '../../../shared/model/documents.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { clockTime } from '../demo/clocks.ts';
import { makeDemo } from '../demo/demo.ts';
import type { experimentTruth } from '../demo/truth.ts';
import { newFolder, removeFolders } from '../imports/testing/made-recordings.ts';
import { createServices, type Services } from '../services.ts';

let services: Services;
let path: string;
let truth: ReturnType<typeof experimentTruth>;
let info: CallOutputs['demo']['make']['info'];

beforeAll(async () => {
  services = createServices({ door: 'cli', dataFolder: newFolder() });
  path = join(newFolder(), 'sample');
  const made = await makeDemo(services, { folder: path, seed: 5 });
  truth = made.truth as ReturnType<typeof experimentTruth>;
  info = made.info;
}, 60_000);
afterAll(async () => {
  await services.close();
  removeFolders();
  cleanUp();
});

const fault = (code: string) => expect.objectContaining({ code }) as Error;
const idOf = (device: string, number: number) =>
  info.epochs.find((epoch) => epoch.device === device && epoch.number === number)!.epochId;
const local = (device: string, epoch?: number) => ({
  device,
  clock: 'dev_local_time',
  ...(epoch === undefined ? {} : { epoch: String(epoch) }),
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

describe('sync rules', () => {
  const random = {
    class: 'randomPulses',
    parameters: {
      daqsystem1_name: 'intan1',
      daqsystem2_name: 'blackrock1',
      daqsystem_ch1: 'dep10',
      daqsystem_ch2: 'mk1',
    },
  };

  it('are tried before they are kept', async () => {
    const { links, rule } = await services.sync.preview({ path, rule: random });
    expect(rule.links).toBe(3);
    for (const [at, { fit }] of links.entries()) {
      expect(fit!.mapping[1]).toBeCloseTo(truth.epochs[at]!.clocks.blackrock1.offset, 3);
    }
    const none = await services.sync.preview({ path, rule: { class: 'filematch' } });
    expect(none).toMatchObject({
      links: [],
      rule: { reason: 'No two epochs of different DAQ systems share 2 files.' },
    });
    const wrong = { class: 'filematch', parameters: { number_fullpath_matches: 0 } };
    await expect(services.sync.preview({ path, rule: wrong })).rejects.toThrow(fault('time.ruleInvalid'));
    await expect(services.sync.preview({ path, rule: { class: 'guess' } })).rejects.toThrow(fault('time.ruleInvalid'));
    const camera = { ...random, parameters: { ...random.parameters, daqsystem1_name: 'camera' } };
    expect((await services.sync.preview({ path, rule: camera })).rule.reason).toContain('camera');
  });

  it('come and go as documents of NDI, each an undoable step', async () => {
    const copy = copyOf(path);
    const [first] = await services.sync.rules({ path: copy });
    await services.sync.removeRule({ path: copy, id: first!.id });
    const gone = { path: copy, time: 1, from: local('intan1', 1), to: local('blackrock1') };
    await expect(services.sync.convert(gone)).rejects.toThrow(fault('time.noPath'));
    expect((await services.sync.health({ path: copy })).map(({ code }) => code)).toEqual(['time.noPath']);
    await services.sync.addRule({ path: copy, rule: random });
    expect(await services.sync.addRule({ path: copy, rule: random })).toHaveLength(1);
    expect((await services.sync.convert(gone)).path[0]!.rule).toBe('randomPulses');
    const { documents } = await services.documents.full({ path: copy, isa: 'syncrule' });
    expect(documents).toMatchObject([{ syncrule: { ndi_syncrule_class: 'ndi.time.syncrule.randomPulses' } }]);
    expect((await services.documents.full({ path: copy, isa: 'syncgraph' })).documents).toHaveLength(1);
    expect((await services.edits.validate({ path: copy })).problems).toEqual([]);
    await services.edits.undo({ path: copy });
    await services.edits.undo({ path: copy });
    expect(await services.sync.rules({ path: copy })).toMatchObject([{ id: first!.id }]);
  });

  it('are stored with what they worked out, and read from there', async () => {
    const copy = copyOf(path);
    const { saved, notSaved } = await services.sync.saveMappings({ path: copy });
    expect([saved, notSaved.map(({ code }) => code)]).toEqual([4, ['time.jump', 'time.jump']]);
    expect((await services.edits.validate({ path: copy })).problems).toEqual([]);
    const { edges } = await services.sync.graph({ path: copy });
    expect(edges.filter((edge) => edge.saved)).toHaveLength(4);
    expect(await services.sync.saveMappings({ path: copy })).toMatchObject({ saved: 0 });
    const before = (await services.sync.graph({ path })).edges.find((edge) => edge.kind === 'rule')!;
    const after = edges.find((edge) => edge.from === before.from && edge.to === before.to)!;
    expect(after.mapping[1]).toBeCloseTo(before.mapping[1]!, 12);
  });
});

describe('what changes underneath', () => {
  it('an epoch that goes, and a file that turns to rubbish: the rest still works', async () => {
    const copy = copyOf(path);
    await services.sync.graph({ path: copy });
    const { files } = truth.epochs[0]!;
    for (const file of files.blackrock1) rmSync(join(copy, file));
    const nev = join(copy, truth.epochs[1]!.files.blackrock1[1]);
    writeFileSync(nev, 'rubbish');
    utimesSync(nev, new Date(), new Date());
    await new Promise((resolve) => setTimeout(resolve, 1100));
    const { nodes, problems } = await services.sync.graph({ path: copy });
    expect(nodes.filter(({ device }) => device === 'blackrock1')).toHaveLength(2);
    expect(problems.map(({ code }) => code)).toContain('time.noPath');
    const third = { path: copy, time: 5, from: local('intan1', 3), to: local('blackrock1') };
    expect((await services.sync.convert(third)).time).toBeCloseTo(clockTime(truth.epochs[2]!.clocks.blackrock1, 5), 4);
  });
});

describe('stored mappings', () => {
  it('by which a clock runs backwards are left out, and told', async () => {
    const copy = copyOf(path);
    await services.sync.saveMappings({ path: copy });
    const { documents } = await services.documents.full({ path: copy, isa: 'syncrule_mapping' });
    const ids = documents.map((one) => documentId(normaliseDocument(one as JsonObject)));
    const edits = ids.map((id) => ({
      id,
      edits: [{ kind: 'set' as const, path: 'syncrule_mapping.mapping', value: [-1, 5] }],
    }));
    await services.edits.edit({ path: copy, documents: edits });
    const { problems, edges } = await services.sync.graph({ path: copy });
    expect(problems.some(({ message }) => message.includes('runs backwards'))).toBe(true);
    expect(edges.filter((edge) => edge.saved)).toEqual([]);
    const { time } = await services.sync.convert({
      path: copy,
      time: 2,
      from: local('intan1', 1),
      to: local('blackrock1'),
    });
    expect(Math.abs(time - clockTime(truth.epochs[0]!.clocks.blackrock1, 2))).toBeLessThan(50e-6);
  });
});

describe('one change, asked about by many at once', () => {
  it('makes one new state for all of them', async () => {
    const copy = copyOf(path);
    const ask = () => services.sync.convert({ path: copy, time: 2, from: local('intan1', 1), to: local('blackrock1') });
    const before = await ask();
    const [rule] = await services.sync.rules({ path: copy });
    await services.sync.removeRule({ path: copy, id: rule!.id });
    const all = await Promise.allSettled([ask(), ask(), services.sync.health({ path: copy }), ask()]);
    expect(all.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'rejected']);
    await services.edits.undo({ path: copy });
    expect(await Promise.all([ask(), ask(), ask()])).toEqual([before, before, before]);
  });
});

describe('documents that have nothing to do with rules', () => {
  it('leave what was worked out; an element that gains an epoch is on the clocks at once', async () => {
    const copy = copyOf(path);
    const ask = () =>
      services.sync.convert({ path: copy, time: 2, from: local('unit | 7', 1), to: local('blackrock1') });
    const [link] = (await services.sync.graph({ path: copy })).edges.filter(({ kind }) => kind === 'rule');
    const fit = () => services.sync.fit({ path: copy, from: link!.from, to: link!.to });
    const before = await fit();
    const add = (document: NdiDocument) => services.edits.change({ path: copy }, { add: [document] }, 'Add');
    const { documents } = await services.documents.full({ path: copy, isa: 'element' });
    const stored = documents.map((one) => normaliseDocument(one as JsonObject));
    const cortex = stored.find((one) => valueAt(one, 'element.name') === 'cortex')!;
    const unit = withDependency(
      withDependency(
        newDocument('element', {
          'element.ndi_element_class': 'ndi.neuron',
          'element.name': 'unit',
          'element.reference': 7,
          'element.type': 'spikes',
          'element.direct': 0,
        }),
        'underlying_element_id',
        documentId(cortex),
      ),
      'subject_id',
      dependencyValue(cortex, 'subject_id'),
    );
    await add(unit);
    await expect(ask()).rejects.toThrow(fault('epoch.notFound'));
    const epoch = newDocument('element_epoch', {
      'element_epoch.epoch_clock': 'dev_local_time',
      'element_epoch.t0_t1': [0, 16],
      'epochid.epochid': idOf('intan1', 1),
    });
    await add(withDependency(epoch, 'element_id', documentId(unit)));
    const { time } = await ask();
    expect(Math.abs(time - clockTime(truth.epochs[0]!.clocks.blackrock1, 2))).toBeLessThan(50e-6);
    expect(await fit()).toEqual(before);
  });
});
