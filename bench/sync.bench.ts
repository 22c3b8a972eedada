// The sync graph of two devices with N epochs on three clocks each: building it, asking it for times across epochs, and
// bringing it along when one epoch changes; beside NetworkX (python3-networkx) and graphology (where it is installed, see
// graphology-peer.ts) on the same sparse graph, as ratios of one run. Sizes: NDI_BENCH_EPOCHS (1000).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { TimeConverter } from '../electron/ndi/time/convert.ts';
import type { EpochSet } from '../electron/ndi/time/epoch-sets.ts';
import { LinkedGraph } from '../electron/ndi/time/linked-graph.ts';
import { newRule } from '../electron/ndi/time/sync-documents.ts';

const EPOCHS = Number(process.env['NDI_BENCH_EPOCHS'] ?? 1000);
const LARGE = 16_667;
const CONVERSIONS = 1000;
const print = (line: string) => process.stdout.write(`${line}\n`);

function device(name: string, epochs: number): EpochSet {
  return {
    name,
    className: 'ndi.daq.system.mfdaq',
    kind: 'device',
    epochs: Array.from({ length: epochs }, (_, at) => ({
      epochId: `e${at}`,
      sessionId: 's',
      clocks: [
        { type: 'dev_local_time', t0: 0, t1: 10 },
        { type: 'utc', t0: 100 * at, t1: 100 * at + 10 },
        { type: 'exp_global_time', t0: 100 * at + 5, t1: 100 * at + 15 },
      ],
      files: [`/data/${at}/x`, `/data/${at}/y`],
      probeMap: [],
      stamp: '',
      underlying: [],
    })),
  };
}

const contextOf = (devices: readonly EpochSet[]) => ({
  devices,
  eventTimes: () => Promise.resolve([]),
  stampSteps: () => Promise.resolve([]),
  readText: () => null,
});

async function measure(epochs: number) {
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed;
  const started = performance.now();
  const devices = [device('a', epochs), device('b', epochs)];
  const sync = { graphId: 'g', rules: [newRule('filematch', {})], mappings: [], problems: [] };
  const linked = new LinkedGraph();
  await linked.update(devices, sync, contextOf);
  const { graph } = linked;
  const converter = new TimeConverter(graph);
  const [a, b] = devices;
  if (a === undefined || b === undefined) throw new RangeError('There are two devices.');
  const build = performance.now() - started;
  const ask = (at: number) => {
    const epoch = a.epochs[(at * 7919) % epochs] ?? null;
    const target = b.epochs[(at * 104_729) % epochs] ?? null;
    const request = {
      from: { set: a, clock: 'dev_local_time', epoch },
      to: { set: b, clock: 'utc', epoch: target },
    } as const;
    return converter.convert(request, 5);
  };
  const first = performance.now();
  await ask(1);
  const firstMs = performance.now() - first;
  const asked = performance.now();
  const costs: number[] = [];
  for (let at = 0; at < CONVERSIONS; at++) costs.push((await ask(at)).cost);
  const convert = performance.now() - asked;
  const changed = b.epochs.map((epoch, index) => (index === epochs >> 1 ? { ...epoch, stamp: 'other' } : epoch));
  const changing = performance.now();
  await linked.update([a, { ...b, epochs: changed }], sync, contextOf);
  const update = performance.now() - changing;
  const again = performance.now();
  await ask(1);
  const againMs = performance.now() - again;
  return {
    nodes: graph.nodes.length,
    build,
    firstMs,
    convert,
    costs,
    update,
    againMs,
    megabytes: (process.memoryUsage().heapUsed - heap) / 1e6,
  };
}

interface PeerTimes {
  readonly build: number;
  readonly convert: number;
  /** Of the paths that it was asked for. */
  readonly costs: readonly number[];
}

/** The same graph and questions by another program, or null where it cannot run. */
function peer(programs: readonly string[], script: string, epochs: number): PeerTimes | null {
  for (const program of programs) {
    const result = spawnSync(program, [join(import.meta.dirname, script), String(epochs)], { encoding: 'utf8' });
    if (result.status === 0) return JSON.parse(result.stdout) as PeerTimes;
  }
  return null;
}

function compare(name: string, own: Awaited<ReturnType<typeof measure>>, other: PeerTimes | null): void {
  if (other === null) {
    print(`  (${name} is not installed: nothing to compare with)`);
    return;
  }
  const { length } = other.costs;
  const convert = (other.convert / length) * CONVERSIONS;
  const [build, asked] = [other.build.toFixed(0), convert.toFixed(0)];
  print(`  ${name}: build ${build} ms; ${CONVERSIONS} across epochs ${asked} ms (from ${length})`);
  const differing = other.costs.filter((cost, at) => cost !== own.costs[at]).length;
  if (differing > 0) throw new Error(`${name} finds other paths: ${differing} of ${length} cost something else.`);
  print(
    `  the ${length} paths cost the same; ratio: build ${(own.build / other.build).toFixed(2)}, conversions ${(own.convert / convert).toFixed(5)}`,
  );
}

function tell(epochs: number, own: Awaited<ReturnType<typeof measure>>): void {
  print(`2 devices x ${epochs} epochs x 3 clocks, ${own.nodes} nodes`);
  const questions = `first question ${own.firstMs.toFixed(1)} ms; then ${(own.convert / CONVERSIONS).toFixed(3)} ms each`;
  print(`  build ${own.build.toFixed(0)} ms; ${questions}; heap ${own.megabytes.toFixed(0)} MB`);
  print(`  one epoch changes: ${own.update.toFixed(1)} ms; the next question ${own.againMs.toFixed(1)} ms`);
}

await measure(100);
for (const epochs of [EPOCHS, LARGE]) {
  const own = await measure(epochs);
  tell(epochs, own);
  // NetworkX takes minutes to answer at the large size.
  if (epochs === EPOCHS) compare('NetworkX', own, peer(['python3', '/usr/bin/python3'], 'networkx_peer.py', epochs));
  compare('graphology', own, peer([process.execPath], 'graphology-peer.ts', epochs));
}
