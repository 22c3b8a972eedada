// The sync graph of sync.bench.ts in graphology: all rules and steps as edges, equal clocks linked by way of a node for
// each clock. graphology is not a dependency: `npm install --no-save graphology graphology-shortest-path` to compare.
import { argv, stdout } from 'node:process';

interface Graph {
  addNode(key: string, attributes?: object): void;
  addEdge(from: string, to: string, attributes: object): void;
  getEdgeAttribute(from: string, to: string, name: string): number;
}
interface Library {
  readonly DirectedGraph: new () => Graph;
}
interface Dijkstra {
  bidirectional(graph: Graph, from: string, to: string, weight: string): string[] | null;
}

const load = async (name: string): Promise<unknown> => ((await import(name)) as { default: unknown }).default;
const { DirectedGraph } = (await load('graphology')) as Library;
const dijkstra = (await load('graphology-shortest-path/dijkstra.js')) as Dijkstra;

const epochs = Number(argv[2]);
const clocks = ['local', 'utc', 'exp'];
const started = performance.now();
const graph = new DirectedGraph();
const key = (device: string, epoch: number, clock: string) => `${device}/e${epoch}/${clock}`;
const mapping = [1, 0];
for (const clock of clocks.slice(1)) graph.addNode(clock);
for (const device of ['a', 'b']) {
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (const clock of clocks) graph.addNode(key(device, epoch, clock), { t0: 0, t1: 10 });
    for (const from of clocks) {
      for (const to of clocks) {
        if (from !== to) graph.addEdge(key(device, epoch, from), key(device, epoch, to), { weight: 1, mapping });
      }
    }
    for (const clock of clocks.slice(1)) {
      graph.addEdge(key(device, epoch, clock), clock, { weight: 0 });
      graph.addEdge(clock, key(device, epoch, clock), { weight: 100 });
    }
  }
}
for (let epoch = 0; epoch < epochs; epoch++) {
  for (const clock of clocks) {
    graph.addEdge(key('a', epoch, clock), key('b', epoch, clock), { weight: 1, mapping });
    graph.addEdge(key('b', epoch, clock), key('a', epoch, clock), { weight: 1, mapping });
  }
}
const build = performance.now() - started;
const asked = epochs > 5000 ? 3 : 20;
const asking = performance.now();
const costs: number[] = [];
for (let at = 0; at < asked; at++) {
  const [source, target] = [key('a', (at * 7919) % epochs, 'local'), key('b', (at * 104_729) % epochs, 'utc')];
  const path = dijkstra.bidirectional(graph, source, target, 'weight') ?? [];
  costs.push(path.slice(1).reduce((sum, to, step) => sum + graph.getEdgeAttribute(path[step] ?? '', to, 'weight'), 0));
}
const convert = performance.now() - asking;
stdout.write(JSON.stringify({ build, convert, costs }));
