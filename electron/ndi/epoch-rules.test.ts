import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { epochRange } from '../../shared/model/epoch-range.ts';
import { parseProbeMap } from '../../shared/model/epoch-probe-map.ts';
import { withValues } from '../../shared/model/documents.ts';
import { makeId } from '../../shared/model/ids.ts';
import { createSession } from './create-session.ts';
import { addDaqSystem } from './daq/daq-systems.ts';
import { hiddenFile } from './daq/navigator.ts';
import { findSubject, newSubject, subjects } from './epochs/subjects.ts';
import { writeEpochFiles } from './epochs/write-epochs.ts';
import { cleanUp, temporaryFolder } from './testing/folders.ts';
import { type EpochNode, type EpochSet, holdsTime, nodeId } from './time/epoch-sets.ts';
import { SyncGraph } from './time/graph/sync-graph.ts';

/** What the reference says of epochs and what stands around them (daq-epochs-time), rule by rule, by its section. */

afterAll(cleanUp);

const code = (wanted: string) => expect.objectContaining({ code: wanted }) as unknown;

describe('epoch nodes', () => {
  const set = (name: string): EpochSet => ({
    ...{ name, className: 'ndi.daq.system.mfdaq', kind: 'device' },
    epochs: ['e1', 'e2'].map((epochId, at) => ({
      ...{ epochId, sessionId: 's', files: [], probeMap: [], stamp: '', underlying: [] },
      clocks: [
        { type: 'dev_local_time', t0: 0, t1: 10 },
        { type: 'utc', t0: 100 * at, t1: 100 * at + 10 },
      ],
    })),
  });

  it('2.5: there is one an epoch and clock, with the name of what it is of', () => {
    const graph = new SyncGraph();
    for (const name of ['intan1', 'probe: cortex | 1']) graph.putSet(set(name));
    expect(graph.nodes.map(nodeId)).toEqual(
      ['intan1', 'probe: cortex | 1'].flatMap((name) =>
        ['e1', 'e2'].flatMap((epoch) => ['dev_local_time', 'utc'].map((clock) => `${name}/${epoch}/${clock}`)),
      ),
    );
  });

  it('2.5: nodes are found by what they are of, by epoch and by clock', () => {
    const graph = new SyncGraph();
    for (const name of ['intan1', 'element: unit | 1']) graph.putSet(set(name));
    const ids = (nodes: readonly EpochNode[]) => nodes.map(nodeId);
    expect(ids(graph.nodesOf('intan1', 'e2'))).toEqual(['intan1/e2/dev_local_time', 'intan1/e2/utc']);
    expect(ids(graph.nodesOn('element: unit | 1', 'utc'))).toEqual([
      'element: unit | 1/e1/utc',
      'element: unit | 1/e2/utc',
    ]);
    expect(graph.node('intan1', 'e1', 'utc')).toMatchObject({
      t0: 0,
      t1: 10,
      set: { className: 'ndi.daq.system.mfdaq' },
    });
    expect(graph.node('intan1', 'E1', 'utc')).toBeUndefined();
  });

  it('2.5: a time is found in the node whose extent holds it, both ends included', () => {
    const graph = new SyncGraph();
    graph.putSet(set('intan1'));
    const found = (time: number) =>
      graph.nodes.filter((node) => node.clock === 'utc' && holdsTime(node, time)).map(({ epoch }) => epoch.epochId);
    expect([-1, 0, 10, 10.5, 100, 110, NaN].map(found)).toEqual([[], ['e1'], ['e1'], [], ['e2'], ['e2'], []]);
  });
});

describe('ranges of epochs', () => {
  const epochs = ['a', 'b', 'c', 'd'].map((epochId, at) => ({
    epochId,
    clocks: [
      { type: 'dev_local_time', t0: at, t1: at + 0.5 },
      ...(epochId === 'd' ? [] : [{ type: 'utc', t0: 100 + at, t1: 101 + at }]),
    ],
  }));
  const range = (first: string | number, last: string | number, clock: 'utc' | 'dev_local_time' = 'utc') => {
    const found = epochRange(epochs, clock, first, last);
    return [found.epochs.map(({ epochId }) => epochId), found.extents];
  };

  it('2.6: hold both ends, named by id or number, and row k is the k-th epoch of the range', () => {
    const extents = [
      { t0: 101, t1: 102 },
      { t0: 102, t1: 103 },
    ];
    for (const [first, last] of [
      ['b', 'c'],
      [2, 3],
      ['b', 3],
    ] as const) {
      expect(range(first, last)).toEqual([['b', 'c'], extents]);
    }
    expect(range(4, 4, 'dev_local_time')).toEqual([['d'], [{ t0: 3, t1: 3.5 }]]);
  });

  it('2.6: what is no range is refused in NDI’s words; the case of ids counts', () => {
    expect(() => range('B', 'c')).toThrow('Could not find first epoch B.');
    expect(() => range('a', 'x')).toThrow('Could not find last epoch x.');
    expect(() => range('c', 'a')).toThrow(code('range.invalid'));
    for (const number of [0, 5, 1.5, -1, NaN]) {
      expect(() => range(number, 4)).toThrow('firstEpoch position must be in 1..4.');
      expect(() => range(1, number)).toThrow('lastEpoch position must be in 1..4.');
    }
    expect(() => range('a', 'd')).toThrow('Epoch d lacks clocktype utc.');
  });
});

describe('subject strings', () => {
  it('4.5: mean a subject by its identifier where they can be one, else by the id of its document', () => {
    const session = createSession({ path: temporaryFolder(), reference: 'r' });
    const [mouse] = session.addDocuments([newSubject('mouse1@lab'), newSubject('mouse2@lab')]);
    const known = subjects(session);
    const id = known.find(({ localIdentifier }) => localIdentifier === 'mouse1@lab')?.id ?? '';
    expect(mouse).toBeDefined();
    expect(findSubject(known, 'mouse1@lab')?.id).toBe(id);
    expect(findSubject(known, id)?.localIdentifier).toBe('mouse1@lab');
    for (const text of ['mouse1', 'MOUSE1@lab', 'mouse 1@lab', '']) expect(findSubject(known, text)).toBeNull();
    session.close();
  });

  it('4.5: that fit more than one subject are refused', () => {
    const session = createSession({ path: temporaryFolder(), reference: 'r' });
    const twin = newSubject('mouse1@lab');
    session.addDocuments([twin, withValues(newSubject('mouse1@lab'), { 'base.id': makeId() })]);
    expect(() => findSubject(subjects(session), 'mouse1@lab')).toThrow(code('document.duplicate'));
    session.close();
  });

  it('4.5: without an @ or with a space they make no subject; a second @ is not tested', () => {
    for (const text of ['mouse1', 'mouse 1@lab', '']) expect(() => newSubject(text)).toThrow(code('usage.invalid'));
    expect(newSubject('a@b@c')['subject']).toMatchObject({ local_identifier: 'a@b@c' });
  });
});

describe('probe maps', () => {
  it('4.6: are written as the table that they are read from, and one that is there stays unless it is told to go', () => {
    const path = temporaryFolder();
    writeFileSync(join(path, 't.rhd'), '');
    const session = createSession({ path, reference: 'r' });
    const system = addDaqSystem(session, {
      ...{ name: 'intan1', readerClass: 'ndi.daq.reader.mfdaq.intan', filePatterns: ['#.rhd'] },
    });
    const file = join(path, 't.rhd');
    const row = (name: string) => ({
      name,
      reference: 1,
      type: 'n-trode',
      deviceString: 'intan1:ai1-4',
      subject: 'm@lab',
    });
    const map = hiddenFile([file], system.navigator, 'epochprobemap');
    const names = () => parseProbeMap(readFileSync(map, 'utf8')).entries.map(({ name }) => name);
    writeEpochFiles(session, system, [{ file, probeMap: [row('first')] }]);
    expect(names()).toEqual(['first']);
    writeEpochFiles(session, system, [{ file, probeMap: [row('second')], keepsMap: true }]);
    expect(names()).toEqual(['first']);
    writeEpochFiles(session, system, [{ file, probeMap: [row('second')] }]);
    expect(names()).toEqual(['second']);
    session.close();
  });
});
