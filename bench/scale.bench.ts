/**
 * What sessions cost that grow: thousands of epochs (opened, listed, laid on one time line, looked at), and a terabyte of
 * recordings beside as many small ones. Each session is opened by services of its own, as by somebody who starts the
 * application; the page cache is warm. The recordings of the terabyte are holes but for their beginnings.
 */
import { mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSession } from '../electron/ndi/create-session.ts';
import { addDaqSystem } from '../electron/ndi/daq/daq-systems.ts';
import { writeEpochFiles } from '../electron/ndi/epochs/write-epochs.ts';
import { createServices } from '../electron/services/services.ts';
import { writeNs5, writeSparseNs5 } from './generate.ts';

const EPOCHS = Number(process.env['BENCH_EPOCHS'] ?? 3000);
const TERABYTE_FILES = 100;
const CHANNELS = 96;

const parent = mkdtempSync(join(tmpdir(), 'ndi-bench-scale-'));
try {
  const few = makeSession('few', EPOCHS / 100, (path) => writeNs5(path, 2, 20_000));
  const many = makeSession('many', EPOCHS, (path) => writeNs5(path, 2, 20_000));
  const small = makeSession('small', TERABYTE_FILES, (path) => writeNs5(path, CHANNELS, 1 << 20));
  const large = makeSession('large', TERABYTE_FILES, (path) => writeSparseNs5(path, CHANNELS, 10 * 2 ** 30, 1 << 20));
  compare(`${EPOCHS} epochs beside ${EPOCHS / 100}`, await measure(few), await measure(many), EPOCHS / (EPOCHS / 100));
  compare(`1 TB beside 100 MB, ${TERABYTE_FILES} epochs each`, await measure(small), await measure(large), 1);
} finally {
  rmSync(parent, { recursive: true, force: true });
}

function makeSession(name: string, epochs: number, write: (path: string) => void): string {
  const path = join(parent, name);
  mkdirSync(path);
  const names = Array.from({ length: epochs }, (_, at) => `t${String(at).padStart(5, '0')}.ns5`);
  for (const file of names) write(join(path, file));
  const session = createSession({ path, reference: name });
  const readerClass = 'ndi.daq.reader.mfdaq.blackrock';
  const system = addDaqSystem(session, { name: 'rig', readerClass, filePatterns: ['#.ns5'] });
  const probe = { name: 'ctx', reference: 1, type: 'n-trode', deviceString: 'rig:ai1-2', subject: 'a@lab.org' };
  writeEpochFiles(
    session,
    system,
    names.map((file) => ({ file: join(path, file), probeMap: [probe] })),
  );
  session.close();
  const bytes = names.reduce((sum, file) => sum + statSync(join(path, file)).size, 0);
  process.stdout.write(`${name.padEnd(8)} ${epochs} epochs, ${(bytes / 2 ** 30).toFixed(2)} GiB\n`);
  return path;
}

type Times = Record<'open and list' | 'list again' | 'time line' | 'whole last epoch' | 'one second', number>;

async function measure(path: string): Promise<Times & { rssMB: number }> {
  const services = createServices({ door: 'cli', dataFolder: join(parent, `${path}-data`) });
  try {
    const timed = async (work: () => Promise<unknown>) => {
      const started = performance.now();
      await work();
      return performance.now() - started;
    };
    let epoch = '';
    const list = async () => {
      const info = await services.items.open(path);
      if (info.kind !== 'session') throw new Error(info.kind);
      epoch = info.epochs.at(-1)?.epochId ?? '';
    };
    const source = () => ({ path, device: 'rig', epoch });
    const opened = await timed(list);
    const again = await timed(list);
    const line = await timed(() => services.sync.graph({ path, derived: false }));
    const { segments } = await services.signals.describe(source());
    const [t0, t1] = [segments[0]?.t0 ?? 0, segments.at(-1)?.t1 ?? 0];
    const view = { source: source(), channels: 'all', t0, t1, columns: 1000, sketch: true };
    const whole = await timed(() => services.signals.view(view));
    const second = await timed(() => services.signals.view({ ...view, t1: Math.min(t1, t0 + 1) }));
    return {
      ...{ 'open and list': opened, 'list again': again, 'time line': line },
      ...{ 'whole last epoch': whole, 'one second': second, rssMB: process.memoryUsage().rss / 2 ** 20 },
    };
  } finally {
    await services.close();
  }
}

function compare(
  title: string,
  base: Times & { rssMB: number },
  grown: Times & { rssMB: number },
  factor: number,
): void {
  process.stdout.write(`\n${title}\n`);
  for (const [what, ms] of Object.entries(grown) as [keyof typeof grown, number][]) {
    if (what === 'rssMB') continue;
    const before = base[what];
    const growth = `${(ms / before).toFixed(1)} × for ${factor} ×`;
    process.stdout.write(
      `  ${what.padEnd(18)} ${ms.toFixed(1).padStart(8)} ms beside ${before.toFixed(1)} ms (${growth})\n`,
    );
  }
  process.stdout.write(`  memory after        ${grown.rssMB.toFixed(0)} MB beside ${base.rssMB.toFixed(0)} MB\n`);
}
