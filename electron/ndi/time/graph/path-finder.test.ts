import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ClockType } from '../../../../shared/model/clocks.ts';
import { newRule } from '../sync-documents.ts';
import { testEpoch, testSet } from '../testing/epoch-sets.ts';
import { plainCosts } from '../testing/plain-costs.ts';
import { PathFinder } from './path-finder.ts';
import { SyncGraph } from './sync-graph.ts';

const rule = { ...newRule('filematch', {}), id: 'r' };
const clocks: ClockType[] = ['dev_local_time', 'utc', 'approx_utc', 'exp_global_time', 'approx_exp_global_time'];

const drawnEpoch = fc.uniqueArray(fc.constantFrom(...clocks), { minLength: 1, maxLength: 3 });
const drawnGraph = fc.record({
  devices: fc.array(fc.array(drawnEpoch, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
  probe: fc.boolean(),
  links: fc.array(fc.record({ a: fc.nat(), b: fc.nat(), cost: fc.constantFrom(0, 1, 2, 30) }), { maxLength: 12 }),
  broken: fc.array(fc.nat(), { maxLength: 3 }),
});

function makeGraph(drawn: typeof drawnGraph extends fc.Arbitrary<infer T> ? T : never): SyncGraph {
  const graph = new SyncGraph();
  const device = (index: number) => `d${index}`;
  drawn.devices.forEach((epochs, index) => {
    const made = epochs.map((types, at) =>
      testEpoch(
        `e${at}`,
        types.map((type) => ({ type, t0: at, t1: at + 1 })),
      ),
    );
    graph.putSet(testSet(device(index), made));
  });
  if (drawn.probe) {
    const epochs = (drawn.devices[0] ?? []).map((types, at) => ({
      ...testEpoch(
        `e${at}`,
        types.map((type) => ({ type, t0: at, t1: at + 1 })),
      ),
      underlying: [{ setName: device(0), epochId: `e${at}` }],
    }));
    graph.putSet({ ...testSet('probe: p | 1', epochs), kind: 'derived' });
  }
  const nodes = graph.nodes.length;
  for (const { a, b, cost } of drawn.links) {
    const [from, to] = [a % nodes, b % nodes];
    const link = { rule, cost, mapping: [1, 0], fit: null, saved: false };
    if (from !== to) graph.addEdge({ from, to, cost, kind: 'rule', mapping: [1, 0], link, reversed: false });
  }
  return graph;
}

test('cheapest paths cost what they cost over the full graph, and their steps lead there', () => {
  fc.assert(
    fc.property(drawnGraph, (drawn) => {
      const graph = makeGraph(drawn);
      const plain = plainCosts(graph);
      const finder = new PathFinder(graph);
      for (const source of graph.nodes) {
        for (const target of graph.nodes) {
          const cost = plain[source.index]![target.index]!;
          expect(finder.costs(source, [target])).toEqual([cost]);
          const steps = finder.path(source, target);
          if (cost === Infinity) {
            expect(steps).toBeNull();
            continue;
          }
          expect(steps!.reduce((sum, step) => sum + step.cost, 0)).toBe(cost);
          expect([source.index, ...steps!.map(({ to }) => to)]).toEqual([
            ...steps!.map(({ from }) => from),
            target.index,
          ]);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('of many candidates the cheapest are found exactly', () => {
  fc.assert(
    fc.property(drawnGraph, (drawn) => {
      const graph = makeGraph(drawn);
      const plain = plainCosts(graph);
      const finder = new PathFinder(graph);
      for (const source of graph.nodes) {
        for (const clock of clocks) {
          const candidates = graph.nodes.filter((node) => node.clock === clock);
          const wanted = candidates.map(({ index }) => plain[source.index]![index]!);
          const least = Math.min(...wanted);
          const found = finder.costs(source, candidates);
          expect(found.map((cost) => cost === least)).toEqual(wanted.map((cost) => cost === least));
        }
      }
    }),
    { numRuns: 60 },
  );
});
