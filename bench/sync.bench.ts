// The sync graph of two devices with N epochs on three clocks each: building it, and asking it for times across epochs,
// beside NetworkX on the same sparse graph (python3-networkx), as ratios of one run. Sizes: NDI_BENCH_EPOCHS (1000).
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { buildSyncGraph } from '../electron/ndi/time/build-graph.ts';
import { TimeConverter } from '../electron/ndi/time/convert.ts';
import type { EpochSet } from '../electron/ndi/time/epoch-sets.ts';
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
      underlying: [],
    })),
  };
}

async function measure(epochs: number) {
  globalThis.gc?.();
  const heap = process.memoryUsage().heapUsed;
  const started = performance.now();
  const devices = [device('a', epochs), device('b', epochs)];
  const sync = { graphId: 'g', rules: [newRule('filematch', {})], mappings: [], problems: [] };
  const context = {
    devices,
    eventTimes: () => Promise.resolve([]),
    stampSteps: () => Promise.resolve([]),
    readText: () => null,
  };
  const { graph } = await buildSyncGraph(devices, sync, context);
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
  for (let at = 0; at < CONVERSIONS; at++) await ask(at);
  const convert = performance.now() - asked;
  return {
    nodes: graph.nodes.length,
    build,
    firstMs,
    convert,
    megabytes: (process.memoryUsage().heapUsed - heap) / 1e6,
  };
}

/** The same graph and questions in NetworkX, or null where it is not installed. */
function networkx(): { build: number; convert: number; asked: number } | null {
  for (const python of ['python3', '/usr/bin/python3']) {
    const result = spawnSync(python, [join(import.meta.dirname, 'networkx_peer.py'), String(EPOCHS)], {
      encoding: 'utf8',
    });
    if (result.status === 0) return JSON.parse(result.stdout) as { build: number; convert: number; asked: number };
  }
  return null;
}

await measure(100);
const own = await measure(EPOCHS);
print(`2 devices x ${EPOCHS} epochs x 3 clocks, ${own.nodes} nodes`);
print(
  `  build ${own.build.toFixed(0)} ms; first question ${own.firstMs.toFixed(1)} ms; ${CONVERSIONS} across epochs ${own.convert.toFixed(0)} ms`,
);
const peer = networkx();
if (peer === null) print('  (python3-networkx is not installed: nothing to compare with)');
else {
  const peerConvert = (peer.convert / peer.asked) * CONVERSIONS;
  print(
    `  NetworkX: build ${peer.build.toFixed(0)} ms; ${CONVERSIONS} across epochs ${peerConvert.toFixed(0)} ms (from ${peer.asked})`,
  );
  print(`  ratio: build ${(own.build / peer.build).toFixed(2)}, conversions ${(own.convert / peerConvert).toFixed(4)}`);
}
const large = await measure(LARGE);
print(`2 devices x ${LARGE} epochs x 3 clocks, ${large.nodes} nodes`);
print(
  `  build ${large.build.toFixed(0)} ms; first question ${large.firstMs.toFixed(0)} ms; then ${(large.convert / CONVERSIONS).toFixed(3)} ms each; heap ${large.megabytes.toFixed(0)} MB`,
);
