import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatDocumentJson } from '../../../../shared/model/document-json.ts';
import { documentId, type NdiDocument, valueAt, withValues } from '../../../../shared/model/documents.ts';
import type { PlanStep, SyncPlan } from '../../../../shared/model/sync.ts';
import { createSession } from '../../create-session.ts';
import { newDocument } from '../../documents/build.ts';
import { cleanUp, temporaryFolder } from '../../testing/folders.ts';
import { LocalCopy } from '../copy/local-copy.ts';
import type { CopyJournal } from '../journal/copy-journal.ts';
import { Journal } from '../journal/journal.ts';
import type { PlanInput } from '../sync/inventory.ts';
import { Tally } from '../transfer/tally.ts';
import type { Transfer } from '../transfer/transfer.ts';
import { carryOutDeletions, receive } from './document-steps.ts';

let path: string;
let copy: LocalCopy;
let all: Journal;
let journal: CopyJournal;
let tally: Tally;
let transfer: Transfer;
let documents: NdiDocument[];

const demo = (value: number) => newDocument('demoNDI', { 'demoNDI.value': value });
const edited = (document: NdiDocument, value: number) => withValues(document, { 'demoNDI.value': value });
const ids = () => documents.map(documentId);
const valueOf = (id: string) => valueAt(copy.document(id), 'demoNDI.value');

beforeEach(() => {
  path = temporaryFolder();
  documents = [demo(1), demo(2), demo(3)];
  createSession({ path, reference: 'copy', documents }).close();
  copy = new LocalCopy(path);
  documents = documents.map((document) => copy.document(documentId(document)));
  all = new Journal(temporaryFolder());
  journal = all.copy({ path, dataset: copy.id, server: 'https://cloud.example', cloud: '1'.repeat(24) });
  tally = new Tally();
  const meter = { begin: () => undefined, expect: () => undefined, documentsDone: () => undefined };
  const signal = new AbortController().signal;
  transfer = { copy, journal, tally, meter, signal, datasetId: '1'.repeat(24) } as unknown as Transfer;
});
afterEach(() => {
  copy.close();
  all.close();
});
afterAll(cleanUp);

/** What the plan was made from. */
const planned = async (): Promise<PlanInput> => {
  const local = await copy.inventory();
  return { local, remote: { documents: new Map() } } as unknown as PlanInput;
};
const steps = (action: string): PlanStep[] =>
  ids().map((id, at) => ({ action, id, side: 'here', cloudId: String(at).padStart(24, '0') }) as unknown as PlanStep);

/** Another program has the database to itself, until what waits for it has met it at least once. */
function holdForAMoment(): void {
  const other = new DatabaseSync(join(path, '.ndi', 'did-sqlite.sqlite'));
  other.exec('BEGIN EXCLUSIVE');
  // What waits blocks this thread until it has been told that the database is busy.
  setTimeout(() => {
    other.exec('ROLLBACK');
    other.close();
  }, 100);
}

describe('deletions of a sync', () => {
  it('wait for a database that another program writes, and keep in the history what goes', async () => {
    const input = await planned();
    holdForAMoment();
    await carryOutDeletions(transfer, { steps: steps('delete-here') } as unknown as SyncPlan, input);
    expect(tally).toMatchObject({ deletedHere: 3, failed: [] });
    expect(ids().filter((id) => copy.has(id))).toEqual([]);
    for (const document of documents) {
      expect(journal.history(documentId(document))).toMatchObject([
        { why: 'deleted', json: formatDocumentJson(document) },
      ]);
    }
  });

  it('leave what was edited since the plan was made', async () => {
    const input = await planned();
    const [first = {}, second = {}] = documents;
    copy.takeOver([edited(first, 7)]);
    await carryOutDeletions(transfer, { steps: steps('delete-here') } as unknown as SyncPlan, input);
    expect(valueOf(documentId(first))).toBe(7);
    expect(copy.has(documentId(second))).toBe(false);
    expect(tally).toMatchObject({ deletedHere: 2, failed: [{ id: documentId(first) }] });
  });
});

describe('what a sync fetches', () => {
  /** As if the cloud had given them. */
  const stage = (...found: NdiDocument[]) =>
    journal.stage(
      found.map((document) => ({
        id: documentId(document),
        cloudId: String(ids().indexOf(documentId(document))).padStart(24, '0'),
        json: formatDocumentJson(document),
        dependsOn: [],
      })),
    );

  it('overwrites nothing that was written here after the plan, also where it has to wait', async () => {
    const input = await planned();
    const [first = {}, second = {}, third = {}] = documents;
    stage(edited(first, 11), edited(second, 12), edited(third, 13));
    holdForAMoment();
    const receiving = receive(transfer, steps('update'), input, new Map());
    // In a pause of the waiting.
    setTimeout(() => copy.takeOver([edited(second, 7)]), 100);
    expect([...(await receiving)].sort()).toEqual([documentId(first), documentId(third)].sort());
    expect(documents.map((document) => valueOf(documentId(document)))).toEqual([11, 7, 13]);
    expect(journal.history(documentId(first))).toMatchObject([{ why: 'overwritten', json: formatDocumentJson(first) }]);
    expect(tally).toMatchObject({ updated: 2, failed: [{ id: documentId(second) }] });
  });
});
