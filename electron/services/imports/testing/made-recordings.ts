import { createHash } from 'node:crypto';
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import type { Created } from '../../../../shared/contract/imports.ts';
import type { SessionInfo } from '../../../../shared/contract/sessions.ts';
import { NevWriter, NsxWriter } from '../../../formats/blackrock/writer.ts';
import { RHD_BLOCK, RhdWriter } from '../../../formats/intan-rhd/writer.ts';

const made: string[] = [];

/** A new folder with an odd name, removed by `removeFolders`. */
export function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "ndi import 'é "));
  made.push(folder);
  return folder;
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** A small Intan recording; `start` makes its content differ from others. */
export async function writeIntan(path: string, channels = 2, start = 0): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const amplifier = Array.from({ length: channels }, (_, k) => ({ nativeName: `A-00${k}`, customName: `A-00${k}` }));
  const layout = { sampleRate: 20_000, amplifier, auxiliary: [], boardAdc: [], digitalIn: [] };
  const writer = await RhdWriter.create(path, { ...layout, notes: ['', '', ''] }, start);
  const values = amplifier.map((_, k) => Float32Array.from({ length: RHD_BLOCK }, (_u, s) => k + s + start));
  const none = { auxiliary: [], boardAdc: [], digitalIn: new Uint16Array(0) };
  await writer.append({ samples: RHD_BLOCK, amplifier: values, ...none });
  await writer.close();
}

/** A pair of Blackrock files, `stem.ns5` and (unless left out) `stem.nev`. */
export async function writeBlackrock(stem: string, start = 0, events = true): Promise<void> {
  mkdirSync(dirname(stem), { recursive: true });
  const startedAt = new Date('2026-01-02T03:04:05.006Z');
  const band = [0.3, 7500] as const;
  const channels = [1, 2].map((electrodeId) => ({
    electrodeId,
    label: `elec${electrodeId}`,
    units: 'uV',
    maxAnalog: 8191,
    maxDigital: 32_764,
    band,
  }));
  const nsx = await NsxWriter.create(`${stem}.ns5`, { label: '30 kS/s', comment: '', period: 1, startedAt, channels });
  await nsx.startSegment(start);
  await nsx.append([new Float32Array(300).fill(start), new Float32Array(300)], 300);
  await nsx.close();
  if (!events) return;
  const nev = await NevWriter.create(`${stem}.nev`, { comment: '', startedAt, electrodes: [] });
  await nev.digital(start + 10, 1);
  await nev.close();
}

/** A new folder of two trials, each on two devices: `t1/t1a.rhd`, `t1/t1x.ns5` with its `.nev`, the same of t2. */
export async function writeRig(): Promise<string> {
  const folder = newFolder();
  for (const [at, trial] of ['t1', 't2'].entries()) {
    await writeIntan(join(folder, trial, `${trial}a.rhd`), 3, at);
    await writeBlackrock(join(folder, trial, `${trial}x`), at + 10);
  }
  return folder;
}

export function writeText(path: string, text = 'text'): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** Every entry below a folder with a hash of its content: equal before and after means that nothing was touched. */
export function hashTree(folder: string): Record<string, string> {
  const tree: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const path = join(folder, name);
    const found = lstatSync(path);
    const content = found.isFile() ? readFileSync(path) : found.isSymbolicLink() ? readlinkSync(path) : '';
    tree[relative(folder, path)] = `${found.mode}:${found.mtimeMs}:${createHash('sha1').update(content).digest('hex')}`;
    if (found.isDirectory()) tree[relative(folder, path)] = 'folder';
  }
  return tree;
}

/** What was made, which must be a session. */
export function asSession(made: Created): SessionInfo {
  if (made.kind !== 'session') throw new Error('A dataset was made.');
  return made;
}
