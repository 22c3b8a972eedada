import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalCopy } from '../../electron/ndi/cloud/copy/local-copy.ts';
import { createSession } from '../../electron/ndi/create-session.ts';
import { addLinkedSession } from '../../electron/ndi/dataset-members.ts';
import { openDataset } from '../../electron/ndi/dataset.ts';
import { openSession } from '../../electron/ndi/session.ts';
import { newDocument } from '../../electron/ndi/documents/build.ts';
import { withFile } from '../../shared/model/document-files.ts';
import type { JsonValue } from '../../shared/model/document-json.ts';
import { documentId, type NdiDocument, withValues } from '../../shared/model/documents.ts';
import { crossrefLogin } from '../local-cloud/crossref.ts';
import { seedUser, type SeededUser } from '../local-cloud/seed.ts';
import type { LocalCloud } from '../local-cloud/start.ts';
import { replaceDocument } from '../local-cloud/store/documents.ts';
import { startTestCloud } from '../local-cloud/testing.ts';
import { copyOfDemo } from './demo.ts';
import { startDoor, type DoorProcess } from './door-process.ts';
import { test as base } from './door.ts';
import { runProgram } from './program.ts';

/** A local cloud with an administrator's account, who is signed in at the door. */
export interface CloudWorld extends LocalCloud {
  readonly user: SeededUser;
}

interface WorkerFixtures {
  local: CloudWorld;
  door: DoorProcess;
}

/** As the test of the web door, signed in to a local cloud by NDI's environment variables, beside a Crossref. */
export const test = base.extend<object, WorkerFixtures>({
  local: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants a pattern
    async ({}, use) => {
      const running = await startTestCloud();
      const user = seedUser(running.cloud, { email: 'ada@example.org', organization: 'Ada’s lab', isAdmin: true });
      await use({ ...running, user });
      await running.stop();
    },
    { scope: 'worker' },
  ],
  door: [
    async ({ local }, use) => {
      const door = await startDoor({ environment: environmentOf(local) });
      await use(door);
      await door.stop();
    },
    { scope: 'worker' },
  ],
});

function environmentOf({ url, cloud, user }: CloudWorld): NodeJS.ProcessEnv {
  return {
    NDI_CLOUD_URL: url,
    NDI_CLOUD_USERNAME: user.email,
    NDI_CLOUD_PASSWORD: user.password,
    NDI_CROSSREF_URL: `${cloud.origin}/_crossref`,
    CROSSREF_USERNAME: crossrefLogin.user,
    CROSSREF_PASSWORD: crossrefLogin.password,
  };
}

export interface MadeDataset {
  readonly path: string;
  /** Ids of its documents that hold numbers. */
  readonly ids: readonly string[];
}

/** A dataset in a folder of its own, with some documents, each with a file where a size is given. */
export function makeDataset(
  home: string,
  name: string,
  documents: number,
  fileBytes?: number,
  text = 'some bytes of a file. ',
): MadeDataset {
  const path = join(mkdtempSync(join(home, 'cloud-')), name);
  mkdirSync(path);
  const source = mkdtempSync(join(tmpdir(), 'ndi-e2e-'));
  const made = Array.from({ length: documents }, (_, at) => {
    const document = newDocument('demoNDI', { 'base.name': `${name} ${at}`, 'demoNDI.value': at });
    if (fileBytes === undefined) return document;
    const file = join(source, `${at}.bin`);
    writeFileSync(file, text.repeat(Math.ceil(fileBytes / text.length)).slice(0, fileBytes));
    return withFile(document, 'filename1.ext', file);
  });
  const session = createSession({ path, reference: name, kind: 'dataset' });
  session.addDocuments(made);
  session.close();
  rmSync(source, { recursive: true, force: true });
  return { path, ids: made.map(documentId) };
}

/** A session in a folder of its own with one document, linked as a member of a dataset. */
export function makeLinkedSession(home: string, dataset: string, reference: string): MadeDataset {
  const path = join(mkdtempSync(join(home, 'member-')), reference);
  mkdirSync(path);
  const document = newDocument('demoNDI', { 'base.name': reference, 'demoNDI.value': 1 });
  const session = createSession({ path, reference, kind: 'session' });
  session.addDocuments([document]);
  const holder = openDataset(dataset, { writable: true });
  addLinkedSession(holder, session);
  holder.close();
  session.close();
  return { path, ids: [documentId(document)] };
}

/** A copy of the sample session, with recordings outside of its database, linked as a member of a dataset. */
export async function makeLinkedRecordings(home: string, dataset: string): Promise<string> {
  const path = await copyOfDemo(mkdtempSync(join(home, 'member-')));
  const session = openSession(path);
  const holder = openDataset(dataset, { writable: true });
  addLinkedSession(holder, session);
  holder.close();
  session.close();
  return path;
}

/** How many documents of a class a dataset in the cloud has. */
export function countThere({ cloud }: LocalCloud, datasetId: string, className: string): number {
  const sql = 'SELECT count(*) AS n FROM documents WHERE dataset_id = ? AND class_name = ? AND delete_at IS NULL';
  return Number(cloud.db.get(sql, datasetId, className)?.['n']);
}

/** Removes documents of a dataset on this computer. */
export function removeHere(path: string, ids: readonly string[]): void {
  const copy = new LocalCopy(path);
  copy.remove(ids);
  copy.close();
}

/** Uids of the files that the documents of a dataset name. */
export function fileUids(path: string): string[] {
  const copy = new LocalCopy(path);
  try {
    return [...copy.fileUids()].map(({ uid }) => uid);
  } finally {
    copy.close();
  }
}

/** What the cloud holds of a document, by its own id; null where it holds none. */
export function storedThere({ cloud }: LocalCloud, id: string): { cloudId: string; body: NdiDocument } | null {
  const row = cloud.db.get('SELECT id, body FROM documents WHERE ndi_id = ? AND delete_at IS NULL', id);
  if (row === undefined) return null;
  return { cloudId: String(row['id']), body: JSON.parse(String(row['body'])) as NdiDocument };
}

/** Changes a document in the cloud, as another computer would. */
export function editThere(local: LocalCloud, id: string, values: Record<string, JsonValue>): void {
  const found = storedThere(local, id);
  if (found === null) throw new Error(`The cloud holds no document ${id}`);
  replaceDocument(local.cloud, found.cloudId, withValues(found.body, values));
}

/** `ndi cloud …` with the door's account. */
export async function cloudCommand(local: CloudWorld, door: DoorProcess, args: readonly string[]) {
  const options = { dataFolder: door.dataFolder, environment: environmentOf(local) };
  const { status, out, err } = await runProgram([...args, '--json'], options);
  if (status !== 0) throw new Error(`ndi ${args.join(' ')} ended with ${String(status)}: ${out.toString()}${err}`);
  return JSON.parse(out.toString()) as Record<string, unknown>;
}
