import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { JsonValue } from '../../../shared/model/document-json.ts';
import { type NdiDocument, withValues } from '../../../shared/model/documents.ts';
import { seedUser, type SeededUser } from '../seed.ts';
import type { Settings } from '../settings.ts';
import { addDocument, replaceDocument } from '../store/documents.ts';
import type { LocalCloud } from '../start.ts';
import { startTestCloud } from '../testing.ts';
import { Computer } from './computer.ts';

/** A cloud, an account and a computer: what the scenarios need, with short names. */
export class World extends Computer {
  readonly cloud: LocalCloud;
  readonly user: SeededUser;

  constructor(cloud: LocalCloud, email = 'ada@example.org') {
    const user = seedUser(cloud.cloud, { email });
    super({ url: cloud.url, user, folder: mkdtempSync(join(tmpdir(), 'ndi-world-')) });
    this.cloud = cloud;
    this.user = user;
  }

  /** Uids of the files that the cloud holds, each row once. */
  storedUids(datasetId: string): string[] {
    const rows = this.cloud.cloud.db.all('SELECT uid FROM files WHERE dataset_id = ? ORDER BY uid', datasetId);
    return rows.map((row) => String(row['uid']));
  }

  /** What the cloud holds of a document. */
  stored(datasetId: string, id: string): Record<string, unknown> {
    const sql = 'SELECT body FROM documents WHERE dataset_id = ? AND ndi_id = ? AND delete_at IS NULL ORDER BY id';
    return JSON.parse(String(this.cloud.cloud.db.get(sql, datasetId, id)?.['body'])) as Record<string, unknown>;
  }

  /** Changes a document there, as another computer would. */
  editThere(datasetId: string, id: string, values: Record<string, JsonValue>): void {
    const sql = 'SELECT id FROM documents WHERE dataset_id = ? AND ndi_id = ? AND delete_at IS NULL ORDER BY id';
    const cloudId = String(this.cloud.cloud.db.get(sql, datasetId, id)?.['id']);
    const changed = withValues(this.stored(datasetId, id) as NdiDocument, values);
    replaceDocument(this.cloud.cloud, cloudId, changed);
  }

  /** A document that another computer sent; gives its address. */
  addThere(datasetId: string, document: NdiDocument): string {
    return addDocument(this.cloud.cloud, datasetId, document);
  }

  /** Deletes a document there at once. */
  removeThere(datasetId: string, id: string): void {
    this.cloud.cloud.db.run('DELETE FROM documents WHERE dataset_id = ? AND ndi_id = ?', datasetId, id);
  }

  /** Ids that the cloud holds, each record once. */
  remoteIds(datasetId: string): string[] {
    const rows = this.cloud.cloud.db.all(
      'SELECT ndi_id FROM documents WHERE dataset_id = ? AND delete_at IS NULL ORDER BY ndi_id',
      datasetId,
    );
    return rows.map((row) => String(row['ndi_id']));
  }

  /** Requests that the cloud has seen: `POST /datasets/…`, newest last. */
  requests(pattern: RegExp): string[] {
    return this.cloud.cloud.log.map(({ method, path }) => `${method} ${path}`).filter((line) => pattern.test(line));
  }

  close(): void {
    this.journal.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** A world for a test file; everything of it is gone afterwards. */
export async function makeWorld(settings: Partial<Settings> = {}): Promise<World> {
  const cloud = await startTestCloud(settings);
  const world = new World(cloud);
  afterAll(async () => {
    world.close();
    await cloud.stop();
  });
  return world;
}
