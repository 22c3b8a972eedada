import { writeFileSync } from 'node:fs';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DerivationRequest } from '../../../shared/contract/derived-elements.ts';
import { askPython, hasPython } from '../../ndi/testing/python.ts';
import { cleanUp, temporaryFolder } from '../../ndi/testing/folders.ts';
import { makeDemo } from '../demo/demo.ts';
import { createDirectClient } from '../router.ts';
import { createServices } from '../services.ts';

const folder = temporaryFolder();
const services = createServices({ door: 'cli', dataFolder: join(folder, 'app') });
const { derivedElements, documents, edits, elements, signals } = createDirectClient(services);
const path = join(folder, 'demo');
beforeAll(async () => {
  await makeDemo(services, { folder: path, seed: 3 });
});
afterAll(async () => {
  await services.close();
  cleanUp();
});

const request = (element: string, name: string, how: DerivationRequest['how']): DerivationRequest => {
  return { path, element, name, reference: 1, how };
};
const listed = async (name: string) => (await elements.list({ path, element: `${name}|1` }))[0]!;

/** Knows tables and layout from the reference alone: the file of an epoch's document, its header and its rows. */
const reader = `
import json, os, sqlite3, struct, sys
import numpy as np
root, element, epoch = sys.argv[1:4]
db = sqlite3.connect(os.path.join(root, '.ndi', 'did-sqlite.sqlite'))
for (code,) in db.execute('SELECT json_code FROM docs'):
    d = json.loads(code)
    deps = d.get('depends_on', [])
    deps = deps if isinstance(deps, list) else [deps]
    if 'element_epoch' in d and d['epochid']['epochid'] == epoch and any(x['value'] == element for x in deps): break
else: sys.exit('no document')
info = d['files']['file_info']
info = info[0] if isinstance(info, list) else info
loc = info['locations']
loc = loc[0] if isinstance(loc, list) else loc
path = next(os.path.join(r, loc['uid']) for r, _, names in os.walk(os.path.join(root, '.ndi')) if loc['uid'] in names)
head = open(path, 'rb').read(1836)
n, columns = struct.unpack_from('<QQ', head, 466)
rows = np.fromfile(path, '<f8', offset=1836).reshape(-1, columns + 1)
assert rows.shape[0] == n and head[1272] == 1
start, step = struct.unpack_from('<dd', head, 1274)
units = head[1546:1802].split(b'\\n')[0].decode()
`;

const epochOf = (element: string, epoch: string, what: string, ...more: string[]) =>
  askPython(`${reader}\nprint(json.dumps(${what}))`, path, element, epoch, ...more);

describe.skipIf(!hasPython)('an element of a lower rate', () => {
  const factor = 20;
  const ask = request('cortex|1', 'lfp', { kind: 'downsample', factor });

  it('tells beforehand what it will be, and writes nothing', async () => {
    const before = readdirSync(join(path, '.ndi'));
    const plan = await derivedElements.plan(ask);
    expect(plan).toMatchObject({ from: 'cortex | 1', to: 'lfp | 1', exists: false, already: 0, leftOut: [] });
    expect([plan.epochs.length, plan.fromRate, plan.toRate]).toEqual([3, 20_000, 1000]);
    expect(plan.rows).toBe(plan.epochs.reduce((sum, { rows }) => sum + rows, 0));
    expect(readdirSync(join(path, '.ndi'))).toEqual(before);
  });

  it('holds what numpy makes of the same samples, in a file that is read by its layout alone', async () => {
    const { ids, plan } = await derivedElements.make(ask);
    expect(ids).toHaveLength(4);
    const made = await listed('lfp');
    expect(made).toMatchObject({ className: 'ndi.element.timeseries', type: 'n-trode', direct: false, probe: false });
    const probe = await listed('cortex');
    expect([made.underlyingId, made.subject]).toEqual([probe.id, probe.subject]);
    const [epoch] = made.epochs;
    const source = { path, element: 'cortex|1', epoch: epoch?.epochId ?? '' };
    const raw = await signals.read({ source, channels: 'all', from: 0, to: 1e6, unit: 'seconds' });
    expect(raw.data).toHaveLength(plan.columns);
    writeFileSync(join(folder, 'raw.f64'), new Uint8Array(Float64Array.from(raw.data.flat(), Number).buffer));
    const found = epochOf(
      made.id ?? '',
      epoch?.epochId ?? '',
      `(lambda x, q: (lambda h: {
        'worst': float(max(np.abs(rows[:, 1 + c] - np.convolve(np.pad(x[c], 10 * q, mode='reflect', reflect_type='odd'), h / h.sum(), 'valid')[::q]).max() for c in range(columns))),
        'size': float(np.abs(rows[:, 1:]).max()), 'n': n, 'even': head[1273], 'start': start, 'step': step, 'units': units,
        'times': rows[[0, 1, -1], 0].tolist(), 't0_t1': d['element_epoch']['t0_t1'], 'clock': d['element_epoch']['epoch_clock'],
      })(np.sinc((np.arange(20 * q + 1) - 10 * q) / q) * np.hamming(20 * q + 1)))(np.fromfile(sys.argv[4], '<f8').reshape(columns, -1), ${factor})`,
      join(folder, 'raw.f64'),
    ) as Record<string, number> & { times: number[] };
    const rows = plan.epochs[0]?.rows ?? 0;
    expect(found).toMatchObject({ n: rows, even: 1, start: 0, units: 'uV', clock: 'dev_local_time' });
    expect(found['step']).toBeCloseTo(0.001, 12);
    expect(found['worst']).toBeLessThan(1e-9 * (found['size'] ?? 0));
    expect(found.times[1]).toBeCloseTo(0.001, 12);
    expect(found['t0_t1']).toEqual([0, found.times[2]]);
    const shown = await signals.read({
      source: { ...source, element: 'lfp|1' },
      channels: 'all',
      from: 0,
      to: 1e6,
      unit: 'seconds',
    });
    expect([shown.channels[0]?.sampleRate, shown.data[0]?.length]).toEqual([1000, rows]);
  });

  it('gets only what it lacks, is refused another factor and another source, and is taken back whole', async () => {
    expect(await derivedElements.make(ask)).toMatchObject({ ids: [], plan: { already: 3, epochs: [] } });
    const { id } = await listed('lfp');
    const stored = await documents.list({
      path,
      isa: 'element_epoch',
      dependsOn: { name: 'element_id', id: id ?? '' },
    });
    await edits.remove({ path, ids: [stored.documents[0]?.id ?? ''] });
    expect((await derivedElements.make(ask)).ids).toHaveLength(1);
    const refused = (asked: DerivationRequest) => expect(derivedElements.plan(asked)).rejects;
    await refused({ ...ask, element: 'thalamus|1' }).toMatchObject({ data: { code: 'document.duplicate' } });
    await refused({ ...ask, name: 'cortex' }).toMatchObject({ data: { code: 'document.duplicate' } });
    await refused({ ...ask, how: { kind: 'oneEpoch' } }).toMatchObject({ data: { code: 'document.duplicate' } });
    const other = { kind: 'downsample' as const, factor: 10 };
    await refused({ ...ask, how: other }).toMatchObject({ data: { code: 'document.duplicate' } });
    for (let step = 0; step < 3; step += 1) await edits.undo({ path });
    await expect(listed('lfp')).rejects.toMatchObject({ data: { code: 'epoch.notFound' } });
    expect(readdirSync(join(path, '.ndi')).filter((name) => name.startsWith('tmp'))).toEqual([]);
    await edits.redo({ path });
    expect((await listed('lfp')).epochs).toHaveLength(3);
  });

  it('is not made of events', async () => {
    const spikes = request('cortex_1_1|1', 'slow', { kind: 'downsample', factor: 2 });
    await expect(derivedElements.plan(spikes)).rejects.toMatchObject({ data: { code: 'usage.invalid' } });
  });
});

describe.skipIf(!hasPython)('an element of one epoch', () => {
  it('holds the samples of all epochs, one after the other a sample apart', async () => {
    const { ids, plan } = await derivedElements.make(request('cortex|1', 'whole', { kind: 'oneEpoch' }));
    expect([ids.length, plan.clock, plan.epochs.length]).toEqual([2, null, 3]);
    const made = await listed('whole');
    const [epoch] = made.epochs;
    expect([made.epochs.length, epoch?.epochId]).toEqual([1, `whole_session_${await reference()}`]);
    const found = epochOf(
      made.id ?? '',
      epoch?.epochId ?? '',
      `{'n': n, 'even': head[1273], 'ids': d['oneepoch']['epoch_ids'], 'class': d['document_class']['class_name'],
        'steps': [float(np.diff(rows[:, 0]).min()), float(np.diff(rows[:, 0]).max())], 'last': float(rows[-1, 0]),
        't1': d['element_epoch']['t0_t1'][1], 'sums': rows[:, 1].cumsum()[[${plan.epochs[0]?.rows ?? 0} - 1, -1]].tolist()}`,
    ) as Record<string, number> & { steps: number[]; sums: number[] };
    expect(found).toMatchObject({ n: plan.rows, even: 1, class: 'oneepoch' });
    expect(found['ids']).toBe(plan.epochs.map(({ epochId }) => epochId).join(','));
    for (const step of found.steps) expect(step).toBeCloseTo(1 / 20_000, 9);
    expect(found['last']).toBeCloseTo((plan.rows - 1) / 20_000, 6);
    expect(found['t1']).toBeCloseTo(found['last'] ?? 0, 9);
    const sums: number[] = [];
    for (const { epochId } of plan.epochs) {
      const source = { path, element: 'cortex|1', epoch: epochId };
      const { data } = await signals.read({ source, channels: 'all', from: 0, to: 1e6, unit: 'seconds' });
      sums.push((data[0] ?? []).reduce((sum: number, value) => sum + (value ?? 0), 0));
    }
    expect(found.sums[0]).toBeCloseTo(sums[0] ?? 0, 4);
    expect(found.sums[1]).toBeCloseTo(
      sums.reduce((a, b) => a + b),
      4,
    );
  });

  it('keeps spikes where they were, and is written anew when epochs have come', async () => {
    const ask = request('cortex_1_1|1', 'unit_whole', { kind: 'oneEpoch' });
    const unit = await listed('cortex_1_1');
    const lost = (
      await documents.list({ path, isa: 'element_epoch', dependsOn: { name: 'element_id', id: unit.id ?? '' } })
    ).documents;
    await edits.remove({ path, ids: [lost[2]?.id ?? ''] });
    expect((await derivedElements.make(ask)).plan.epochs).toHaveLength(2);
    await edits.undo({ path });
    await edits.undo({ path });
    await derivedElements.make(ask);
    const before = await timesOf('unit_whole', `whole_session_${await reference()}`);
    const parts: number[] = [];
    let shift = 0;
    for (const { epochId, clocks } of (await listed('cortex_1_1')).epochs) {
      parts.push(...(await timesOf('cortex_1_1', epochId)).map((time) => time - (clocks[0]?.t0 ?? 0) + shift));
      shift += (clocks[0]?.t1 ?? 0) - (clocks[0]?.t0 ?? 0);
    }
    expect(before.length).toBe(parts.length);
    before.forEach((time, at) => expect(time).toBeCloseTo(parts[at] ?? NaN, 9));
    expect(await derivedElements.make(ask)).toMatchObject({ ids: [], plan: { already: 3 } });
  });
});

async function reference(): Promise<string> {
  const info = await services.items.info(path);
  return info.kind === 'session' ? info.reference : '';
}

async function timesOf(element: string, epoch: string): Promise<number[]> {
  const source = { path, element: `${element}|1`, epoch };
  const { events } = await signals.events({ source, channels: 'all', from: -1e6, to: 1e6 });
  return events.map(({ time }) => time);
}
