import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ClockType } from '../../../shared/model/clocks.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { TimeConverter } from './convert.ts';
import { type EpochNode, type EpochSet, nodeId, type SetEpoch } from './epoch-sets.ts';
import { LinkedGraph } from './linked-graph.ts';
import type { RuleContext } from './rules/rule.ts';
import type { StoredRule } from './rules/stored-rule.ts';
import { newRule, type SavedMapping } from './sync-documents.ts';
import { local, testEpoch, testSet } from './testing/epoch-sets.ts';
import { plainCosts } from './testing/plain-costs.ts';

// A session that changes: epochs come, go and change, rules too, and the files that rules read.

const devices = ['a', 'b', 'c'];
const clocks: ClockType[] = ['dev_local_time', 'utc', 'approx_utc', 'exp_global_time'];
const rule = (id: string, name: string, parameters: Record<string, number | string>): StoredRule => {
  return { ...newRule(name, parameters), id };
};
const find = (daqsystem1: string, daqsystem2: string) => ({ syncfilename: 's.txt', daqsystem1, daqsystem2 });
const rules = [
  rule('r1', 'filematch', { number_fullpath_matches: 1 }),
  rule('r2', 'filematch', { number_fullpath_matches: 2 }),
  rule('r3', 'filefind', find('a', 'b')),
  rule('r4', 'filefind', find('b', 'c')),
  rule('r5', 'filefind', find('c', 'a')),
];

const drawnEpoch = fc.record({
  kind: fc.constant('epoch' as const),
  device: fc.constantFrom(...devices),
  id: fc.constantFrom('e1', 'e2', 'e3'),
  /** No clocks: the epoch goes. */
  clocks: fc.uniqueArray(fc.constantFrom(...clocks), { maxLength: 3 }),
  files: fc.uniqueArray(fc.constantFrom('/x', '/y', '/s.txt', '/z/s.txt'), { maxLength: 3 }),
  probe: fc.boolean(),
});
const drawnChange = fc.oneof(
  { weight: 4, arbitrary: drawnEpoch },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('rules' as const), ids: fc.shuffledSubarray(rules) }) },
  // A file that no longer holds two numbers is a fit that fails.
  fc.record({ kind: fc.constant('file' as const), text: fc.constantFrom('0 1', '2 1.5', '-3 0.5', 'rubbish') }),
  fc.record({
    kind: fc.constant('saved' as const),
    mappings: fc.array(
      fc.record({ rule: fc.constantFrom('r1', 'r3'), a: fc.constantFrom('e1', 'e2'), shift: fc.nat(5) }),
      { maxLength: 2 },
    ),
  }),
);
type Change = typeof drawnChange extends fc.Arbitrary<infer T> ? T : never;

/** A session as it stands after some changes. */
class Session {
  readonly epochs = new Map<string, SetEpoch>();
  readonly probes = new Set<string>();
  rules: readonly StoredRule[] = rules.slice(0, 1);
  mappings: SavedMapping[] = [];
  text = '0 1';
  #version = 0;

  change(change: Change): void {
    if (change.kind === 'rules') this.rules = change.ids;
    if (change.kind === 'saved') this.mappings = change.mappings.map(saved);
    if (change.kind === 'file') {
      this.text = change.text;
      this.#version += 1;
      for (const [key, epoch] of this.epochs) {
        if (epoch.files.some((file) => file.endsWith('s.txt'))) this.epochs.set(key, this.#stamped(epoch));
      }
    }
    if (change.kind !== 'epoch') return;
    const key = `${change.device} ${change.id}`;
    const spans = change.clocks.map((type, at) => ({ type, t0: 10 * at, t1: 10 * at + 5 + at }));
    if (spans.length === 0) this.epochs.delete(key);
    else this.epochs.set(key, this.#stamped(testEpoch(change.id, spans, change.files)));
    if (change.probe) this.probes.add(change.device);
  }

  /** As a reader finds it: objects of its own, epochs in the order of their ids. */
  sets(): EpochSet[] {
    return devices.flatMap((device) => {
      const own = [...this.epochs].filter(([key]) => key.startsWith(`${device} `)).map(([, epoch]) => ({ ...epoch }));
      own.sort((x, y) => (x.epochId < y.epochId ? -1 : 1));
      return own.length === 0 ? [] : [testSet(device, own)];
    });
  }

  probeSets(): EpochSet[] {
    return this.sets()
      .filter(({ name }) => this.probes.has(name))
      .map((set) => {
        const epochs = set.epochs.map((epoch) => {
          return { ...epoch, files: [], underlying: [{ setName: set.name, epochId: epoch.epochId }] };
        });
        return { ...testSet(`probe: ${set.name} | 1`, epochs), kind: 'derived' };
      });
  }

  contextOf = (sets: readonly EpochSet[]): RuleContext => {
    const { text } = this;
    return {
      devices: sets,
      eventTimes: () => Promise.resolve([]),
      stampSteps: () => Promise.resolve([]),
      readText: () => text,
    };
  };

  async bring(linked: LinkedGraph): Promise<void> {
    const sync = { graphId: 'g', rules: this.rules.map((one) => ({ ...one })), mappings: this.mappings, problems: [] };
    await linked.update(this.sets(), sync, this.contextOf);
    for (const set of this.probeSets()) if (!linked.graph.sets.has(set.name)) linked.graph.putSet(set);
  }

  #stamped = (epoch: SetEpoch): SetEpoch => ({ ...epoch, stamp: String(this.#version++) });
}

function saved({ rule: ruleId, a, shift }: { rule: string; a: string; shift: number }): SavedMapping {
  const place = (setName: string, epochId: string) => ({ setName, epochId, clock: 'dev_local_time' as const });
  return { ruleId, cost: 1, mapping: [1, shift], a: place('a', a), b: place('b', 'e1') };
}

/** What a question is answered with, whatever the answer: time, epoch and path, or the code of the error. */
async function answer(converter: TimeConverter, from: EpochNode, to: EpochNode): Promise<unknown> {
  const { sets } = converter.graph;
  const place = ({ set, epoch, clock }: EpochNode) => ({ set: sets.get(set.name)!, epoch, clock });
  try {
    const { timeSec, node, hops, cost } = await converter.convert({ from: place(from), to: place(to) }, 3);
    const path = hops.map((hop) => [nodeId(hop.to), hop.kind, hop.link?.rule.id, hop.mapping]);
    return { timeSec, node: nodeId(node), cost, path };
  } catch (error) {
    if (error instanceof NdiError) return error.code;
    throw error;
  }
}

test('a graph that is brought along answers as one that is made anew, and as shortest paths over all edges', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(drawnChange, { minLength: 1, maxLength: 12 }), async (changes) => {
      const session = new Session();
      const linked = new LinkedGraph();
      const converter = new TimeConverter(linked.graph);
      for (const change of changes) {
        session.change(change);
        await session.bring(linked);
        const anew = new LinkedGraph();
        await session.bring(anew);
        const other = new TimeConverter(anew.graph);
        const { nodes } = linked.graph;
        expect(nodes.map(nodeId)).toEqual(anew.graph.nodes.map(nodeId));
        const costs: unknown[] = [];
        for (const [at, from] of nodes.entries()) {
          for (const [to, target] of nodes.entries()) {
            const found = await answer(converter, from, target);
            expect(found).toEqual(await answer(other, anew.graph.nodes[at]!, anew.graph.nodes[to]!));
            costs.push(typeof found === 'string' ? Infinity : (found as { cost: number }).cost);
          }
        }
        // All links that a path wanted are worked out by now; steps within one epoch are no question of paths.
        const plain = plainCosts(linked.graph).flat();
        const within = nodes.flatMap((from) => nodes.map((to) => from.epoch === to.epoch));
        expect(costs.filter((_, at) => !within[at])).toEqual(plain.filter((_, at) => !within[at]));
      }
    }),
    { numRuns: 60 },
  );
});

test('only what has changed is worked out again', async () => {
  const reads: string[] = [];
  const contextOf = (sets: readonly EpochSet[]): RuleContext => ({
    devices: sets,
    eventTimes: (set, epoch) => {
      reads.push(`${set.name} ${epoch.epochId}`);
      return Promise.resolve([0, 1, 2.5, 3, 4.5, 7]);
    },
    stampSteps: () => Promise.resolve([]),
    readText: () => null,
  });
  const epochs = (device: string, changed = -1) =>
    [1, 2, 3].map((number) => {
      const file = device === 'a' ? `/run${number}/deep/a.rhd` : `/run${number}/b.nev`;
      return { ...testEpoch(`e${number}`, [local(0, 10)], [file]), stamp: number === changed ? 'other' : '' };
    });
  const pulses = rule('r', 'commonTriggersOverlappingEpochs', {
    daqsystem1_name: 'a',
    daqsystem2_name: 'b',
    daqsystem_ch1: 'dep1',
    daqsystem_ch2: 'mk1',
  });
  const sync = { graphId: 'g', rules: [pulses], mappings: [], problems: [] };
  const linked = new LinkedGraph();
  const state = async (changed?: number, given = sync) => {
    await linked.update([testSet('a', epochs('a')), testSet('b', epochs('b', changed))], given, contextOf);
    reads.length = 0;
    for (const { pairs } of linked.outcomes) for (const { fit } of pairs) await fit.find();
    return reads.length;
  };
  expect(await state()).toBe(6);
  const { nodes, edges } = linked.graph;
  expect(await state()).toBe(0);
  expect(linked.graph.nodes).toBe(nodes);
  // One epoch of one device has another file: its pair alone is read.
  expect(await state(2)).toBe(2);
  const kept = linked.graph.edges.filter((edge) => edges.includes(edge));
  expect(kept).toHaveLength(edges.length - 2);
  const more = { ...sync, rules: [pulses, rule('s', 'filematch', { number_fullpath_matches: 1 })] };
  expect(await state(2, more)).toBe(0);
  expect(await state(2, { ...sync, rules: [] })).toBe(0);
  expect(linked.graph.edges).toEqual([]);
});
