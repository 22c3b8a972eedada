import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
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
import { cleanUp, copyOf } from '../../ndi/testing/folders.ts';
import { clockTime } from '../demo/clocks.ts';
import { removeFolders } from '../imports/testing/made-recordings.ts';
import { fault, local, makeSampleClocks, type SampleClocks } from './testing/sample-clocks.ts';

let services: SampleClocks['services'];
let path: SampleClocks['path'];
let truth: SampleClocks['truth'];
let idOf: SampleClocks['idOf'];

beforeAll(async () => {
  ({ services, path, truth, idOf } = await makeSampleClocks());
});
afterAll(async () => {
  await services.close();
  removeFolders();
  cleanUp();
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
