import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { CallOutputs } from '../../../shared/contract/contract.ts';
import { openSession } from '../../ndi/session.ts';
import { scanForImport } from '../imports/scan.ts';
import { newFolder, removeFolders } from '../imports/testing/made-recordings.ts';
import { createServices, type Services } from '../services.ts';
import { makeDemo, suggestDemoFolder } from './demo.ts';
import { planExperiment } from './plan.ts';
import { experimentTruth } from './truth.ts';
import { writeRecordings } from './write-recordings.ts';

let services: Services;
let folder: string;
let made: CallOutputs['demo']['make'];
const truth = experimentTruth(planExperiment(3));

beforeAll(async () => {
  services = createServices({ door: 'cli', dataFolder: newFolder() });
  folder = join(newFolder(), 'a sample');
  made = await makeDemo(services, { folder, seed: 3 });
});
afterAll(() => services.close().finally(removeFolders));

const file = (name: string) => join(folder, name);

describe('the sample session', () => {
  it('opens as a session with two devices, epochs with clocks, probes and a subject', () => {
    const { info } = made;
    expect(info.problems).toEqual([]);
    expect(info.daqSystems.map(({ name, epochs }) => [name, epochs])).toEqual([
      ['intan1', 3],
      ['blackrock1', 3],
    ]);
    expect(info.epochs.flatMap((epoch) => epoch.problems)).toEqual([]);
    expect(info.probes.map(({ name, type, epochs }) => [name, type, epochs])).toEqual([
      ['cortex', 'n-trode', 3],
      ['screen', 'stimulator', 3],
      ['trigger', 'event', 3],
      ['thalamus', 'n-trode', 3],
      ['trigger', 'event', 3],
    ]);
    expect(info.probes.every((probe) => probe.id !== null && probe.subject === 'ferret1@sample.lab')).toBe(true);
    for (const epoch of info.epochs) {
      const planted = truth.epochs.find((one) => epoch.files[0]?.includes(one.folder))!;
      const start = epoch.device === 'intan1' ? 0 : planted.clocks.blackrock1.firstSample;
      expect(epoch.clocks[0]?.t0).toBeCloseTo(start, 9);
    }
  });

  it('gives the same truth as the file in the folder', () => {
    expect(made.truth).toEqual(truth);
    expect(JSON.parse(readFileSync(file('truth.json'), 'utf8'))).toEqual(JSON.parse(JSON.stringify(truth)));
  });

  it('stays small', () => {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    const bytes = names.reduce((sum, name) => sum + statSync(file(name)).size, 0);
    expect(bytes).toBeLessThan(60e6);
    expect(names.filter((name) => /(presentation_time\.bin|\.vhsb)$/.test(name))).toEqual([]);
  });

  it('holds the planted spikes where the truth says', async () => {
    const [epoch] = truth.epochs;
    for (const unit of truth.units.filter((one) => one.device === 'intan1')) {
      const best = unit.channels.reduce((a, b) => (b.microvolts > a.microvolts ? b : a));
      const { data } = await services.workers.read(file(epoch!.files.intan1[0]), {
        channels: best.name,
        from: 0,
        to: 320_000,
        unit: 'samples',
      });
      const values = data[0]!.map((value) => value ?? NaN);
      const troughs = unit.spikes[0]!.times.map((time) => {
        const at = Math.round(time * 20_000);
        return values[at]! - (values[at - 16]! + values[at + 50]!) / 2;
      });
      const mean = troughs.filter(Number.isFinite).reduce((sum, value) => sum + value, 0) / troughs.length;
      expect(mean).toBeLessThan(-0.8 * best.microvolts);
      expect(mean).toBeGreaterThan(-1.2 * best.microvolts);
    }
  });

  it('holds the triggers on both devices, and stimulus numbers, where the truth says', async () => {
    for (const epoch of truth.epochs) {
      const rhd = file(epoch.files.intan1[0]);
      const { data } = await services.workers.read(rhd, { channels: 'di10', from: 0, to: 320_000, unit: 'samples' });
      const line = data[0]!;
      const rises = line.flatMap((value, at) => (value === 1 && line[at - 1] === 0 ? [at / 20_000] : []));
      expect(rises).toEqual(epoch.triggers.intan1);
      const events = (channels: string) =>
        services.workers.events(file(epoch.files.blackrock1[0]), { channels, from: 0, to: 100, limit: 1000 });
      const triggers = (await events('mk1')).events.map((event) => event.time);
      expect(triggers).toEqual(epoch.triggers.blackrock1);
      const shown = (await events('mk2')).events;
      expect(shown.map((event) => event.value)).toEqual(epoch.presentations.map((one) => one.stimulusId));
      expect(shown.map((event) => event.time)).toEqual(epoch.presentations.map((one) => one.blackrockOnset));
    }
  });

  it('holds the sorted spikes and the jump of the second device', async () => {
    const unit = truth.units.find((one) => one.device === 'blackrock1')!;
    for (const [index, epoch] of truth.epochs.entries()) {
      const path = file(epoch.files.blackrock1[0]);
      const { events } = await services.workers.events(path, { channels: 'e1', from: 0, to: 100, limit: 5000 });
      expect(events.map((event) => event.time)).toEqual(unit.spikes[index]!.times);
      expect((await services.workers.describe(path)).segments).toHaveLength(epoch.number === 3 ? 2 : 1);
    }
  });

  it('stores what was shown as stimulus presentations of the stimulator', () => {
    const session = openSession(folder);
    try {
      const entries = session.documents({ class: 'stimulus_presentation' });
      expect(entries).toHaveLength(3);
      const orders = entries.map((entry) => {
        const document = session.read(entry);
        const bytes = readFileSync(session.binaryFile(entry.id, 'presentation_time.bin'));
        expect(bytes.toString('latin1', 0, 28)).toBe('presentation_time structure\n');
        expect(bytes.readBigUInt64LE(28)).toBe(18n);
        expect(bytes.length).toBe(512 + 18 * (15 + 32 + 4));
        const group = document['stimulus_presentation'] as { presentation_order: number[] };
        return [bytes.readDoubleLE(512 + 15), ...group.presentation_order];
      });
      expect(orders).toEqual(
        truth.epochs.map((epoch) => [
          epoch.presentations[0]!.onset,
          ...epoch.presentations.map((one) => one.stimulusId),
        ]),
      );
    } finally {
      session.close();
    }
  });

  it('keeps the planted cells of the first device as neurons whose epochs hold their spikes', async () => {
    const elements = await services.elements.list({ path: folder });
    const units = truth.units.filter(({ device }) => device === 'intan1');
    expect(units).toHaveLength(6);
    for (const { sortedAs, spikes } of units) {
      const { underlyingId, epochs, ...neuron } = elements.find(({ name }) => name === sortedAs.neuron)!;
      expect(neuron).toMatchObject({ className: 'ndi.neuron', type: 'spikes', probe: false });
      const probe = elements.find((one) => one.id === underlyingId);
      expect(probe?.name).toBe('cortex');
      expect(epochs.map(({ epochId }) => epochId).sort()).toEqual(probe?.epochs.map(({ epochId }) => epochId).sort());
      for (const { epochId, clocks } of epochs) {
        const recorded = made.info.epochs.find((one) => one.epochId === epochId)!;
        expect(clocks[0]?.t1).toBeCloseTo(recorded.clocks[0]!.t1!, 9);
        const planted = truth.epochs.find(({ folder: name }) => recorded.files[0]?.includes(name))!;
        const source = { path: folder, element: neuron.id!, epoch: epochId };
        const { events } = await services.signals.events({ source, channels: 'all', from: 0, to: 100 });
        expect(events.map(({ time }) => time)).toEqual(spikes[planted.number - 1]!.times);
      }
    }
  });

  it('is found again by a scan', async () => {
    const scan = await scanForImport(services, { folder });
    expect(scan.epochs.map((epoch) => epoch.device).sort()).toEqual([
      ...Array.from({ length: 3 }, () => 'blackrock1'),
      ...Array.from({ length: 3 }, () => 'intan1'),
    ]);
    expect(scan.problems.map((problem) => problem.code)).toEqual(['session.exists']);
  });
});

describe('making the sample session', () => {
  it('writes the same bytes for the same seed', async () => {
    const other = newFolder();
    await writeRecordings(other, planExperiment(3), () => undefined, new AbortController().signal);
    const hash = (path: string) => createHash('sha1').update(readFileSync(path)).digest('hex');
    const names = truth.epochs.flatMap(({ files }) => [...files.intan1, ...files.blackrock1, files.stimulusLog]);
    expect(names.map((name) => hash(join(other, name)))).toEqual(names.map((name) => hash(file(name))));
  });

  it('refuses a folder with anything in it', async () => {
    const full = newFolder();
    writeFileSync(join(full, 'mine.txt'), 'mine');
    await expect(makeDemo(services, { folder: full, seed: 1 })).rejects.toMatchObject({ code: 'path.notEmpty' });
    await expect(makeDemo(services, { folder: join(full, 'mine.txt'), seed: 1 })).rejects.toMatchObject({
      code: 'path.notFolder',
    });
    expect(readdirSync(full)).toEqual(['mine.txt']);
  });

  it('leaves nothing behind when it is cancelled', async () => {
    const parent = newFolder();
    const target = join(parent, 'new', 'sample');
    const running = makeDemo(services, { folder: target, seed: 1 });
    await vi.waitUntil(() => existsSync(dirname(target)), { timeout: 60_000, interval: 5 });
    const job = services.jobs.list().find((one) => one.state === 'running');
    services.jobs.cancel(job!.id);
    await expect(running).rejects.toMatchObject({ code: 'app.cancelled' });
    expect(readdirSync(parent)).toEqual([]);
  });

  it('proposes a folder that is free or empty', () => {
    const home = newFolder();
    const first = suggestDemoFolder(home);
    mkdirSync(first);
    expect(suggestDemoFolder(home)).toBe(first);
    writeFileSync(join(first, 'x'), '');
    writeFileSync(`${first} 2`, 'a file');
    expect(suggestDemoFolder(home)).toBe(`${first} 3`);
  });
});
