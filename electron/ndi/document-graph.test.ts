import { describe, expect, it } from 'vitest';
import { DocumentGraph } from './document-graph.ts';
import { askPython, hasPython } from './testing/python.ts';

const document = (id: string, ...targets: string[]) => ({
  id,
  dependencies: targets.map((value, at) => ({ name: `d_${at + 1}`, value })),
});

const ids = (found: readonly { id: string }[]) => found.map((one) => one.id);

describe('the graph of dependencies', () => {
  const graph = new DocumentGraph([
    document('a'),
    document('b', 'a'),
    document('c', 'a', 'b'),
    document('d', 'c', 'gone', ''),
    document('e'),
  ]);

  it('finds all that depends on a document and all that it depends on, itself left out', () => {
    expect(ids(graph.allDependents(['a'])).sort()).toEqual(['b', 'c', 'd']);
    expect(ids(graph.allAntecedents(['d']))).toEqual(['c', 'a', 'b']);
    expect(ids(graph.allDependents(['a', 'c']))).toEqual(['b', 'd']);
    expect(graph.allDependents(['e'])).toEqual([]);
    expect(graph.allAntecedents(['nowhere'])).toEqual([]);
  });

  it('names dependencies that point nowhere; empty ones do not count', () => {
    expect(graph.broken()).toEqual([{ id: 'd', name: 'd_2', missing: 'gone' }]);
    expect(graph.broken(['D_2'])).toHaveLength(1);
    expect(graph.broken(['other'])).toEqual([]);
  });

  it('gives pairs from dependent to dependency', () => {
    expect(graph.adjacency()).toEqual({
      ids: ['a', 'b', 'c', 'd', 'e'],
      edges: [
        [1, 0],
        [2, 0],
        [2, 1],
        [3, 2],
      ],
    });
  });

  it('ends in circles and in chains longer than a stack', () => {
    const circle = new DocumentGraph([document('x', 'y'), document('y', 'x', 'y')]);
    expect(ids(circle.allDependents(['x']))).toEqual(['y']);
    expect(ids(circle.allAntecedents(['x']))).toEqual(['y']);
    const chain = Array.from({ length: 50_000 }, (_, at) => document(`n${at}`, `n${at - 1}`));
    expect(new DocumentGraph(chain).allDependents(['n0'])).toHaveLength(49_999);
  });
});

const closure = `
import networkx, json, sys
edges, start = json.loads(sys.argv[1])
graph = networkx.DiGraph(); graph.add_nodes_from(range(60)); graph.add_edges_from(map(tuple, edges))
print(json.dumps([sorted(networkx.ancestors(graph, start)), sorted(networkx.descendants(graph, start))]))`;

describe.skipIf(!hasPython || !hasNetworkx())('networkx', () => {
  it('finds the same closures in a tangle', () => {
    let seed = 7;
    const random = (below: number) => (seed = (seed * 48_271) % 2_147_483_647) % below;
    const documents = Array.from({ length: 60 }, (_, at) =>
      document(String(at), String(random(60)), String(random(60))),
    );
    const tangle = new DocumentGraph(documents);
    const { edges } = tangle.adjacency();
    for (const start of [0, 17, 42]) {
      const [dependents, antecedents] = askPython(closure, JSON.stringify([edges, start])) as number[][];
      const numbers = (found: readonly { id: string }[]) =>
        ids(found)
          .map(Number)
          .sort((a, b) => a - b);
      expect(numbers(tangle.allDependents([String(start)]))).toEqual(dependents);
      expect(numbers(tangle.allAntecedents([String(start)]))).toEqual(antecedents);
    }
  });
});

function hasNetworkx(): boolean {
  try {
    return askPython('import networkx; print("true")') === true;
  } catch {
    return false;
  }
}
