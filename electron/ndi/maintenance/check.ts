import { join } from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { NdiError } from '../../../shared/model/errors.ts';
import { journalMode, openConnection } from '../database/connection.ts';
import { databaseFile } from '../database/database.ts';
import { databaseError, withFaults } from '../database/faults.ts';
import { prepared } from '../database/prepared.ts';
import { inTransaction } from '../database/transaction.ts';
import { whenFree } from '../database/when-free.ts';
import { ndiFolder, requireFolder } from '../folder.ts';
import { type Backup, backUp } from './backup.ts';
import { checkDocuments } from './check-documents.ts';
import { checkFiles } from './check-files.ts';
import { checkIngested } from './check-ingested.ts';
import { checkSession } from './check-session.ts';
import { checkLeftDocuments, checkTables } from './check-tables.ts';
import { type CheckContext, type Finding, RowRepairs } from './findings.ts';

export interface CheckOptions {
  readonly signal?: AbortSignal | undefined;
  readonly report?: ((fraction: number, detail: string) => void) | undefined;
}

/**
 * Looks a session or dataset through: the database, every document, the file store, the texts. Reads only.
 * @returns what was found; empty where all is well. A database that cannot be opened is a finding.
 * @throws NdiError path.*, database.missing | busy | foreign, app.cancelled
 */
export async function check(path: string, options: CheckOptions = {}): Promise<Finding[]> {
  const folder = requireFolder(path);
  return await whenFree(() => checkOnce(folder, options), options);
}

async function checkOnce(folder: string, options: CheckOptions): Promise<Finding[]> {
  const file = join(ndiFolder(folder), databaseFile);
  try {
    const database = openConnection(file, 'read');
    try {
      return await look(folder, database, options);
    } finally {
      database.close();
    }
  } catch (error) {
    if (error instanceof NdiError && (error.code === 'database.corrupt' || error.code === 'database.interrupted')) {
      return [{ code: error.code, grade: 'blocks', message: error.message, id: '', fix: null }];
    }
    throw error;
  }
}

async function look(folder: string, database: DatabaseSync, { signal, report }: CheckOptions): Promise<Finding[]> {
  const findings: Finding[] = [];
  let stage = { from: 0, to: 0.7, title: 'Documents' };
  const context: CheckContext = {
    folder,
    ndi: ndiFolder(folder),
    database,
    rows: new RowRepairs(),
    add: (finding) => findings.push(finding),
    async pause(fraction) {
      signal?.throwIfAborted();
      report?.(stage.from + fraction * (stage.to - stage.from), stage.title);
      await setImmediate();
    },
  };
  await withAsyncFaults(join(context.ndi, databaseFile), async () => {
    checkJournal(context);
    checkTables(context);
    const documents = await checkDocuments(context);
    const wanted = new Set(documents.flatMap((one) => one.dependencies.map(({ value }) => value)));
    checkLeftDocuments(context, wanted);
    checkIngested(context, documents);
    stage = { from: 0.7, to: 1, title: 'Files' };
    await checkFiles(context, documents, wanted);
    checkSession(context, documents);
  });
  return findings;
}

function checkJournal({ ndi, add }: CheckContext): void {
  if (journalMode(join(ndi, databaseFile)) === 'rollback') return;
  add({
    code: 'database.journalMode',
    grade: 'shouldFix',
    message: 'The database was left in write-ahead mode, in which MATLAB cannot read it from a write-protected disk.',
    id: '',
    // Opening for writing does it.
    fix: 'It is put back to the mode that NDI uses.',
  });
}

async function withAsyncFaults(path: string, action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    withFaults(path, () => {
      throw error;
    });
  }
}

export interface Repair {
  readonly repaired: readonly Finding[];
  /** What a person has to decide. */
  readonly left: readonly Finding[];
  /** Brings back what was there before; null where nothing had to be changed. */
  readonly backup: Backup | null;
}

/**
 * Repairs what can be repaired without a decision, after a backup of everything. Rows are changed in one transaction;
 * files go only after it, so a power cut leaves at most leftovers.
 * @throws NdiError as `check`, and path.readOnly, database.corrupt where only a backup can help
 */
export async function repair(path: string, options: CheckOptions = {}): Promise<Repair> {
  const folder = requireFolder(path);
  const before = await check(folder, options);
  if (before.every((finding) => finding.fix === null)) return { repaired: [], left: before, backup: null };
  const backup = await backUp(folder, null, { why: 'repair', signal: options.signal });
  const findings = await whenFree(() => repairRows(folder, options), options);
  for (const { afterwards } of findings) if (afterwards !== undefined) await whenFree(afterwards, options);
  const left = await check(folder, options);
  const still = new Set(left.map(keyOf));
  const repaired = before.filter((one) => one.fix !== null && !still.has(keyOf(one)));
  return { repaired, left, backup };
}

/** @returns what was found, the rows put right */
async function repairRows(folder: string, options: CheckOptions): Promise<Finding[]> {
  const file = join(ndiFolder(folder), databaseFile);
  const database = openConnection(file, 'write');
  const version = () => prepared(database, 'PRAGMA data_version').get()?.['data_version'];
  try {
    const before = withFaults(file, version);
    const findings = await look(folder, database, options);
    // Nothing is held while others have their turn: what was found holds if nobody has written meanwhile.
    withFaults(file, () =>
      inTransaction(database, () => {
        if (version() !== before) throw changedMeanwhile(file);
        for (const finding of findings) finding.inDatabase?.(database);
      }),
    );
    return findings;
  } finally {
    database.close();
  }
}

function changedMeanwhile(file: string): NdiError {
  const recovery = 'Repair it when the other program has finished writing.';
  return databaseError('database.busy', file, 'was written by another program meanwhile', recovery);
}

const keyOf = ({ code, id, message }: Finding): string => [code, id, message].join('\n');
