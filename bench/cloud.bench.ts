/**
 * NDI Cloud against the local cloud in another process: documents and bytes a second, beside `curl` moving the same bytes
 * over the same signed addresses in the same run; time and memory to list and plan 100,000 documents.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { downloadUrl } from '../electron/ndi/cloud/remote/list-remote.ts';
import { makePlan } from '../electron/ndi/cloud/sync/plan.ts';
import { localDocument, planInput, remoteDocument } from '../electron/ndi/cloud/sync/testing/made-inventories.ts';
import { startCloudApart } from '../e2e/local-cloud/apart.ts';
import { Computer } from '../e2e/local-cloud/sync/computer.ts';

const folder = mkdtempSync(join(tmpdir(), 'ndi-cloud-bench-'));
const cloud = await startCloudApart(join(folder, 'cloud'));
const computer = new Computer({ ...cloud, folder });

const say = (line: string) => void process.stdout.write(`${line}\n`);
const mb = (bytes: number) => (bytes / 1e6).toFixed(0);
/** Seconds, and by how much memory grew at most meanwhile. */
async function measured<T>(work: () => Promise<T>): Promise<{ sec: number; grown: number; value: T }> {
  const before = process.memoryUsage().rss;
  let most = 0;
  const looking = setInterval(() => (most = Math.max(most, process.memoryUsage().rss - before)), 20);
  const began = performance.now();
  try {
    const value = await work();
    return { sec: (performance.now() - began) / 1000, grown: most, value };
  } finally {
    clearInterval(looking);
  }
}

function plan(): void {
  const COUNT = 100_000;
  const ids = Array.from({ length: COUNT }, (_, at) => `${at.toString(16).padStart(16, '0')}_${'0'.repeat(16)}`);
  const before = process.memoryUsage().heapUsed;
  const here = ids.filter((_, at) => at % 10 !== 0).map((id) => localDocument(id, 'same'));
  const there = ids.filter((_, at) => at % 10 !== 1).map((id) => remoteDocument(id, 'same'));
  const options = { mode: 'twoWay', files: true, updateEdited: true } as const;
  const input = planInput(here, there, { local: ids, remote: ids }, options);
  const held = process.memoryUsage().heapUsed;
  const times = Array.from({ length: 7 }, () => {
    const began = performance.now();
    makePlan(input);
    return performance.now() - began;
  }).sort((a, b) => a - b);
  const { steps } = makePlan(input);
  say(
    `plan of ${COUNT} documents, ${steps.length} steps: ${(times[3] ?? 0).toFixed(0)} ms; both lists ${mb(held - before)} MB`,
  );
}

async function list(): Promise<void> {
  const datasetId = await cloud.seed(100_000);
  const { sec, grown, value } = await measured(() => computer.api().listDocuments(datasetId));
  say(`list of ${value.rows.length} documents: ${sec.toFixed(1)} s; memory ${mb(grown)} MB`);
}

async function documents(count: number): Promise<void> {
  const path = computer.dataset('documents', count);
  const up = await measured(() => computer.upload(path));
  say(`${count} documents sent: ${(count / up.sec).toFixed(0)}/s; memory ${mb(up.grown)} MB`);
  const down = await measured(() => computer.download(up.value.datasetId, 'down'));
  say(`${count} documents fetched and stored: ${(count / down.sec).toFixed(0)}/s; memory ${mb(down.grown)} MB`);
}

/** Files that the engine sends and fetches, each verified, and the same by curl, four at a time as the engine does. */
async function files(count: number, bytes: number): Promise<void> {
  const path = computer.dataset(
    `files ${bytes}`,
    count,
    Array.from({ length: count }, () => bytes),
  );
  const datasetId = await computer.link(path);
  const up = await measured(() => computer.sync(path, { mode: 'uploadNew' }));
  const { path: copy } = await computer.download(datasetId, `copy ${bytes}`);
  const down = await measured(() => computer.sync(copy, { mode: 'downloadNew', files: true }));
  const api = computer.api();
  const local = computer.filesOf(path);
  const puts = await Promise.all(
    local.map(async ({ uid, path: file }) => {
      const address = { organizationId: cloud.user.organizationId, datasetId, fileUid: uid };
      return [(await api.call('fileUploadUrl', { path: address })).url, file ?? ''] as const;
    }),
  );
  const type = ['-H', 'Content-Type: application/octet-stream'];
  const sent = await measured(() =>
    curl(puts.flatMap(([to, file], at) => [...(at > 0 ? ['--next', '-sf'] : []), ...type, '-T', file, to])),
  );
  const gets = await Promise.all(local.map(({ uid }) => downloadUrl(api, datasetId, uid)));
  const fetched = await measured(() => curl(gets.flatMap((from, at) => ['-o', join(folder, `got ${at}`), from ?? ''])));
  if (statSync(join(folder, 'got 0')).size !== bytes) throw new Error('curl has not fetched the file');
  // Of small files their number counts.
  const rate = (sec: number) =>
    bytes < 1e6 ? `${(count / sec).toFixed(0)} files/s` : `${((count * bytes) / 1e6 / sec).toFixed(0)} MB/s`;
  const size = bytes >= 1e6 ? `${bytes / 1e6} MB` : `${bytes / 1000} kB`;
  const row = (what: string, ours: number, theirs: number, grown: number) =>
    say(
      `${count} files of ${size} ${what}: ${rate(ours)}, curl ${rate(theirs)}, ratio ${(theirs / ours).toFixed(2)}; memory ${mb(grown)} MB`,
    );
  row('sent and verified', up.sec, sent.sec, up.grown);
  row('fetched and verified', down.sec, fetched.sec, down.grown);
}

async function curl(args: readonly string[]): Promise<void> {
  const child = spawn('curl', ['-sf', '--parallel', '--parallel-max', '4', ...args], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`curl ended with ${String(code)}`);
}

try {
  plan();
  await list();
  await documents(10_000);
  await files(1000, 4000);
  await files(4, 100e6);
} finally {
  computer.journal.close();
  cloud.stop();
  rmSync(folder, { recursive: true, force: true });
}
