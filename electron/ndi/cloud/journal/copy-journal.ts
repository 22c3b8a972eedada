import { randomUUID } from 'node:crypto';
import { parseDocumentJson } from '../../../../shared/model/document-json.ts';
import { textOf, valueAt } from '../../../../shared/model/documents.ts';
import type { ContentHash } from '../sync/canonical.ts';
import type { JournalDatabase } from './journal-database.ts';

/** A zip of documents whose last byte leaves or has left, until its ids are listed. */
export interface Chunk {
  readonly chunk: string;
  readonly ids: readonly string[];
  /** Whether its last byte is known to have left. */
  readonly sent: boolean;
  readonly at: Date;
}

/**
 * A file on its way: an address was given and its last bytes are still here, so it cannot have arrived (`sending`), they
 * are leaving and nobody knows (`leaving`), they have left (`sent`, perhaps waiting for a job), it was found there whole,
 * or failed.
 */
export interface FilePart {
  readonly uid: string;
  readonly bytes: number;
  readonly mtimeMs: number;
  readonly sha256: string | null;
  readonly state: 'sending' | 'leaving' | 'sent' | 'verified' | 'failed';
  readonly job: string | null;
  readonly reason: string | null;
}

export interface StagedDocument {
  readonly id: string;
  readonly cloudId: string;
  readonly json: string;
  readonly dependsOn: readonly string[];
}

/** A row of the remote list whose deletion was accepted and that may stay listed for a while. */
export interface Tombstone {
  readonly cloudId: string;
  readonly at: Date;
}

const HISTORY_DAYS = 90;
/** Earlier contents of one document that are kept at most. */
const HISTORY_OF_ONE = 30;
/** Earlier contents that a list shows at once. */
const LOST_SHOWN = 500;
const STAGED_HOURS = 24;
const JOBS_HOURS = 24;

/** What the journal knows of one local copy. */
export class CopyJournal {
  readonly #journal: JournalDatabase;
  readonly #copy: number;

  constructor(journal: JournalDatabase, copy: number) {
    this.#journal = journal;
    this.#copy = copy;
  }

  commonHashes(): Map<string, ContentHash> {
    const rows = this.#journal.each('SELECT id, document, files FROM common WHERE copy = ?', this.#copy);
    const hashes = new Map<string, ContentHash>();
    for (const row of rows) {
      hashes.set(String(row['id']), { document: String(row['document']), files: String(row['files']) });
    }
    return hashes;
  }

  setCommonHashes(hashes: ReadonlyMap<string, ContentHash>): void {
    const rows = [...hashes].map(([id, { document, files }]) => [this.#copy, id, document, files]);
    this.#journal.runEach('INSERT INTO common VALUES (?, ?, ?, ?)', rows, () =>
      this.#journal.run('DELETE FROM common WHERE copy = ?', this.#copy),
    );
  }

  /** Notes agreed hashes of single documents while a run goes on. */
  addCommonHashes(hashes: Iterable<readonly [string, ContentHash]>): void {
    const rows = [...hashes].map(([id, { document, files }]) => [this.#copy, id, document, files]);
    this.#journal.runEach('INSERT OR REPLACE INTO common VALUES (?, ?, ?, ?)', rows);
  }

  tombstones(): Tombstone[] {
    const rows = this.#journal.all('SELECT cloud_id, at FROM tombstones WHERE copy = ?', this.#copy);
    return rows.map((row) => ({ cloudId: String(row['cloud_id']), at: new Date(String(row['at'])) }));
  }

  bury(cloudIds: Iterable<string>, now = new Date()): void {
    const rows = [...cloudIds].map((cloudId) => [this.#copy, cloudId, now.toISOString()]);
    this.#journal.runEach('INSERT OR REPLACE INTO tombstones VALUES (?, ?, ?)', rows);
  }

  forgetTombstones(cloudIds: Iterable<string>): void {
    const rows = [...cloudIds].map((cloudId) => [this.#copy, cloudId]);
    this.#journal.runEach('DELETE FROM tombstones WHERE copy = ? AND cloud_id = ?', rows);
  }

  quarantine(): { id: string; cloudId: string; reason: string }[] {
    const rows = this.#journal.all(
      'SELECT id, cloud_id, reason FROM quarantine WHERE copy = ? ORDER BY id',
      this.#copy,
    );
    return rows.map((row) => ({
      id: String(row['id']),
      cloudId: String(row['cloud_id']),
      reason: String(row['reason']),
    }));
  }

  setQuarantine(held: Iterable<{ id: string; cloudId: string; reason: string }>, now = new Date()): void {
    const rows = [...held].map(({ id, cloudId, reason }) => [this.#copy, id, cloudId, reason, now.toISOString()]);
    this.#journal.runEach('INSERT INTO quarantine VALUES (?, ?, ?, ?, ?)', rows, () =>
      this.#journal.run('DELETE FROM quarantine WHERE copy = ?', this.#copy),
    );
  }

  /** Keeps what a side loses: a document before it is overwritten or deleted. */
  remember(side: 'here' | 'there', why: string, lost: Iterable<{ id: string; json: string }>, now = new Date()): void {
    const all = [...lost];
    const rows = all.map(({ id, json }) => [this.#copy, id, side, json, why, now.toISOString()]);
    if (rows.length === 0) return;
    const since = new Date(now.getTime() - HISTORY_DAYS * 86_400_000).toISOString();
    this.#journal.runEach('INSERT INTO history (copy, id, side, json, why, at) VALUES (?, ?, ?, ?, ?, ?)', rows, () =>
      this.#journal.run('DELETE FROM history WHERE copy = ? AND at < ?', this.#copy, since),
    );
    const older = `DELETE FROM history WHERE copy = ? AND id = ? AND number NOT IN
      (SELECT number FROM history WHERE copy = ? AND id = ? ORDER BY number DESC LIMIT ${HISTORY_OF_ONE})`;
    this.#journal.runEach(
      older,
      all.map(({ id }) => [this.#copy, id, this.#copy, id]),
    );
  }

  history(id: string): { side: string; json: string; why: string; at: string }[] {
    const rows = this.#journal.all(
      'SELECT side, json, why, at FROM history WHERE copy = ? AND id = ? ORDER BY number',
      this.#copy,
      id,
    );
    return rows.map(lostVersion);
  }

  /** What the two sides lost, the latest first. */
  lost(): { id: string; side: string; why: string; at: string; name: string }[] {
    const rows = this.#journal.all(
      `SELECT id, side, json, why, at FROM history WHERE copy = ? ORDER BY number DESC LIMIT ${LOST_SHOWN}`,
      this.#copy,
    );
    return rows.map((row) => {
      const { json, ...version } = lostVersion(row);
      return { id: String(row['id']), ...version, name: textOf(valueAt(parseDocumentJson(json), 'base.name')) };
    });
  }

  noteChunk(ids: readonly string[], sha256: string, now = new Date()): string {
    const chunk = randomUUID();
    this.#journal.run(
      'INSERT INTO chunks VALUES (?, ?, ?, ?, ?, ?)',
      chunk,
      this.#copy,
      JSON.stringify(ids),
      sha256,
      'sending',
      now.toISOString(),
    );
    return chunk;
  }

  chunkSent(chunk: string, now = new Date()): void {
    this.#journal.run(`UPDATE chunks SET state = 'sent', at = ? WHERE chunk = ?`, now.toISOString(), chunk);
  }

  forgetChunk(chunk: string): void {
    this.#journal.run('DELETE FROM chunks WHERE chunk = ?', chunk);
  }

  /** Chunks whose ids have not been listed yet; one whose last byte was leaving when the process ended may have arrived. */
  openChunks(): Chunk[] {
    const rows = this.#journal.all('SELECT chunk, ids, state, at FROM chunks WHERE copy = ?', this.#copy);
    return rows.map((row) => ({
      chunk: String(row['chunk']),
      ids: JSON.parse(String(row['ids'])) as string[],
      sent: row['state'] === 'sent',
      at: new Date(String(row['at'])),
    }));
  }

  noteFiles(parts: Iterable<FilePart>, now = new Date()): void {
    const rows = [...parts].map((part) => [
      this.#copy,
      part.uid,
      part.bytes,
      part.mtimeMs,
      part.sha256,
      part.state,
      part.job,
      part.reason,
      now.toISOString(),
    ]);
    this.#journal.runEach('INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)', rows);
  }

  /** A file whose bytes in the cloud are not those that are here, though it is listed as uploaded; so until it is verified. */
  noteCorrupt(uid: string): void {
    this.#journal.run('INSERT OR IGNORE INTO corrupt VALUES (?, ?)', this.#copy, uid);
  }

  corruptFiles(): string[] {
    const rows = this.#journal.all('SELECT uid FROM corrupt WHERE copy = ?', this.#copy);
    return rows.map((row) => String(row['uid']));
  }

  files(state: FilePart['state']): FilePart[] {
    const rows = this.#journal.all('SELECT * FROM files WHERE copy = ? AND state = ?', this.#copy, state);
    return rows.map((row) => ({
      uid: String(row['uid']),
      bytes: Number(row['bytes']),
      mtimeMs: Number(row['mtime']),
      sha256: textOrNull(row['sha256']),
      state,
      job: textOrNull(row['job']),
      reason: textOrNull(row['reason']),
    }));
  }

  /**
   * An address for an archive is about to be asked for: a job that appears now is ours, though its name may never come.
   * @param at by the server's clock
   */
  noteAsking(at: Date): string {
    const asking = randomUUID();
    this.#journal.run('INSERT INTO askings VALUES (?, ?, ?)', asking, this.#copy, at.toISOString());
    return asking;
  }

  /** When addresses were asked for whose answers never came, by the server's clock. */
  askings(): Date[] {
    const rows = this.#journal.all('SELECT at FROM askings WHERE copy = ?', this.#copy);
    return rows.map((row) => new Date(String(row['at'])));
  }

  /**
   * An archive of ours: its job in the cloud is nobody else's, also where it never begins.
   * @param job empty where the server keeps no jobs
   * @param asking which it answers
   */
  noteJob(job: string, asking: string, now = new Date()): void {
    const old = new Date(now.getTime() - JOBS_HOURS * 3_600_000).toISOString();
    this.#journal.run('DELETE FROM jobs WHERE copy = ? AND at < ?', this.#copy, old);
    if (job !== '')
      this.#journal.run('INSERT OR REPLACE INTO jobs VALUES (?, ?, ?)', this.#copy, job, now.toISOString());
    this.#journal.run('DELETE FROM askings WHERE asking = ? OR (copy = ? AND at < ?)', asking, this.#copy, old);
  }

  jobs(): Set<string> {
    const rows = this.#journal.all('SELECT job FROM jobs WHERE copy = ?', this.#copy);
    return new Set(rows.map((row) => String(row['job'])));
  }

  stage(documents: Iterable<StagedDocument>, now = new Date()): void {
    const rows = [...documents].map(({ id, cloudId, json, dependsOn }) => {
      return [this.#copy, id, cloudId, json, JSON.stringify(dependsOn), now.toISOString()];
    });
    this.#journal.runEach('INSERT OR REPLACE INTO staged VALUES (?, ?, ?, ?, ?, ?)', rows);
  }

  /**
   * Ids of the staged documents with what they depend on and where they came from; their JSON stays on disk. What was
   * staged long ago may have changed since and is dropped.
   */
  stagedIds(now = new Date()): Map<string, { cloudId: string; dependsOn: string[] }> {
    const since = new Date(now.getTime() - STAGED_HOURS * 3_600_000).toISOString();
    this.#journal.run('DELETE FROM staged WHERE copy = ? AND at < ?', this.#copy, since);
    const staged = new Map<string, { cloudId: string; dependsOn: string[] }>();
    for (const row of this.#journal.each('SELECT id, cloud_id, depends FROM staged WHERE copy = ?', this.#copy)) {
      const dependsOn = JSON.parse(String(row['depends'])) as string[];
      staged.set(String(row['id']), { cloudId: String(row['cloud_id']), dependsOn });
    }
    return staged;
  }

  stagedJson(id: string): string {
    return String(this.#journal.get('SELECT json FROM staged WHERE copy = ? AND id = ?', this.#copy, id)?.['json']);
  }

  unstage(ids: Iterable<string>): void {
    const rows = [...ids].map((id) => [this.#copy, id]);
    this.#journal.runEach('DELETE FROM staged WHERE copy = ? AND id = ?', rows);
  }

  unstageAll(): void {
    this.#journal.run('DELETE FROM staged WHERE copy = ?', this.#copy);
  }

  /** The folder was made from this dataset in the cloud. */
  setDownloaded(downloaded: boolean): void {
    this.#journal.run('UPDATE copies SET downloaded = ? WHERE copy = ?', downloaded ? 1 : 0, this.#copy);
  }

  /** What the last look at both sides found. */
  setChecked(states: object, now = new Date()): void {
    this.#journal.run(
      'UPDATE copies SET checked = ?, states = ? WHERE copy = ?',
      now.toISOString(),
      JSON.stringify(states),
      this.#copy,
    );
  }

  checked(): { at: string; states: unknown } | null {
    const row = this.#journal.get('SELECT checked, states FROM copies WHERE copy = ?', this.#copy);
    const at = textOrNull(row?.['checked']);
    return at === null ? null : { at, states: JSON.parse(String(row?.['states'])) };
  }
}

function lostVersion(row: Readonly<Record<string, unknown>>) {
  return { side: String(row['side']), json: String(row['json']), why: String(row['why']), at: String(row['at']) };
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
