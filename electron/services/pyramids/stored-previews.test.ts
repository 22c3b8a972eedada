import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { withFile } from '../../../shared/model/document-files.ts';
import { dependencyValue, type NdiDocument, withDependency } from '../../../shared/model/documents.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { makeDemo } from '../demo/demo.ts';
import { createServices, type Services } from '../services.ts';

let folder = '';
let services: Services;
let path = '';
let epoch = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ndi-kept-'));
  services = createServices({ door: 'cli', dataFolder: join(folder, 'data') });
  path = join(folder, 'demo');
  const { info } = await makeDemo(services, { folder: path, seed: 5 });
  epoch = info.epochs.find(({ device }) => device === 'intan1')?.epochId ?? '';
});
afterAll(async () => {
  await services.close();
  rmSync(folder, { recursive: true, force: true });
});

const source = () => ({ path, device: 'intan1', epoch });
const whole = (channels: string, columns = 200) => ({
  source: source(),
  channels,
  t0: 0,
  t1: 16,
  columns,
  sketch: true,
});

/** Levels as the reference describes Pyraview's files, by a program that knows nothing of ours. */
const writer = `
import struct, sys
import numpy as np
raw = np.fromfile(sys.argv[1], dtype='<f8').reshape(-1, 16)
low = high = raw
factor = 1
for level, step in enumerate([100, 10, 10], start=1):
    n = len(low) // step
    low = low[: n * step].reshape(n, step, 16).min(axis=1)
    high = high[: n * step].reshape(n, step, 16).max(axis=1)
    factor *= step
    head = struct.pack('<4sIIIdddI', b'PYRA', 1, 9, 16, 20000 / factor, 20000, 0, factor).ljust(1024, b'\\0')
    pairs = np.stack([low + float(sys.argv[3]), high + float(sys.argv[3])], axis=2)
    open(f'{sys.argv[2]}/level{level}.bin', 'wb').write(head + pairs.astype('<f8').tobytes())
`;

function hasNumpy(): boolean {
  try {
    execFileSync('python3', ['-c', 'import numpy'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Writes the levels of the first probe, all values raised by \`raised\`, and their document. */
async function keep(raised: number, change: (document: NdiDocument) => NdiDocument = (document) => document) {
  const { data } = await services.signals.read({
    source: source(),
    channels: 'ai1-16',
    from: 0,
    to: 320_000,
    unit: 'samples',
  });
  const rows = new Float64Array(320_000 * 16);
  data.forEach((values, channel) => values.forEach((value, row) => (rows[row * 16 + channel] = Number(value))));
  const out = mkdtempSync(join(folder, 'levels-'));
  writeFileSync(join(out, 'raw.f64'), rows);
  execFileSync('python3', ['-c', writer, join(out, 'raw.f64'), out, String(raised)]);
  const info = await services.items.info(path);
  if (info.kind !== 'session') throw new Error(info.kind);
  const probe = info.probes.find(({ name }) => name === 'cortex')?.id ?? '';
  const document = newDocument('pyraview', {
    'pyraview.label': 'all',
    'pyraview.nativeRate': 20_000,
    'pyraview.nativeStartTime': 0,
    'pyraview.channels': 16,
    'pyraview.dataType': 'double',
    'pyraview.decimationLevels': [100, 10, 10],
    'pyraview.decimationSamplingRates': [200, 20, 2],
    'pyraview.decimationStartTimes': [0, 0, 0],
    'epochid.epochid': epoch,
    'epochclocktimes.clocktype': 'dev_local_time',
    'epochclocktimes.t0_t1': [0, 15.99995],
    'filter.label': 'all',
    'filter.type': 'none',
    'filter.algorithm': 'none',
    'filter.parameters': { sampleFrequency: 20_000 },
  });
  const files = readdirSync(out).filter((name) => name.endsWith('.bin'));
  const filled = files.reduce((one, name) => withFile(one, name, join(out, name)), document);
  const added = change(withDependency(filled, 'element_id', probe));
  await services.edits.change({ path }, { add: [added] }, 'Keep levels');
  expect(dependencyValue(added, 'element_id')).toBe(probe);
  return (added['base'] as { id: string }).id;
}

it.skipIf(!hasNumpy())(
  'answers from the levels that the session keeps, and from the recording where they say nothing',
  async () => {
    const plain = await services.signals.view(whole('ai1-4'));
    expect(plain.header.level).toBe(0);
    // Levels that lie tell that it is they who answer.
    const id = await keep(1000);
    const kept = await services.signals.view(whole('ai1-4'));
    expect(kept.header.level).toBeGreaterThan(0);
    expect([kept.header.job, kept.header.sampled]).toEqual([undefined, 0]);
    const middle = (frame: typeof kept) => {
      const run = frame.header.channels[1]!.runs[0]!;
      return frame.body[run.at + Math.floor(run.count / 2)]!;
    };
    expect(middle(kept)).toBeGreaterThan(600);
    // Nearer than a cell, the samples themselves.
    const near = await services.signals.view({ ...whole('ai1-4'), t0: 8, t1: 8.1 });
    expect([near.header.level, middle(near) < 600]).toEqual([0, true]);
    // Channels of which nothing is kept.
    const mixed = await services.signals.view(whole('ai1,ax1'));
    expect(mixed.header.channels.map(({ name }) => name)).toEqual(['ai1', 'ax1']);
    await services.edits.change({ path }, { remove: [id] }, 'Forget them');

    await keep(0);
    const right = await services.signals.view(whole('ai1-4', 160));
    expect(right.header.level).toBe(2);
    const { data } = await services.signals.read({
      source: source(),
      channels: 'ai2',
      from: 0,
      to: 320_000,
      unit: 'samples',
    });
    const values = (data[0] ?? []).map(Number);
    const run = right.header.channels[1]!.runs[0]!;
    for (const column of [0, 1, 57, run.count - 1]) {
      const own = values.slice(column * 2000, (column + 1) * 2000);
      expect(right.body[run.at + column]).toBe(Math.fround(Math.min(...own)));
      expect(right.body[run.at + run.count + column]).toBe(Math.fround(Math.max(...own)));
    }
  },
);

it.skipIf(!hasNumpy())(
  'uses no levels of another band, and none that are damaged or of another recording',
  async () => {
    await services.edits.undo({ path });
    const ids = [
      await keep(1000, (document) => ({
        ...document,
        pyraview: { ...(document['pyraview'] as object), label: 'low' },
      })),
    ];
    expect((await services.signals.view(whole('ai1-4'))).header.level).toBe(0);
    const id = await keep(1000);
    ids.push(id);
    expect((await services.signals.view(whole('ai1-4'))).header.level).toBeGreaterThan(0);
    const detail = services.documents.get({ path, id });
    for (const { uid } of detail.files) {
      const file = join(path, '.ndi', 'files', uid);
      // Each level lost its first cells: it would stand for other times than it says.
      const bytes = readFileSync(file);
      writeFileSync(file, Buffer.concat([bytes.subarray(0, 1024), bytes.subarray(1024 + 256)]));
    }
    expect((await services.signals.view(whole('ai1-4'))).header.level).toBe(0);
  },
);
