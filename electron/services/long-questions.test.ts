import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createSession } from '../ndi/create-session.ts';
import { newDocument } from '../ndi/documents/build.ts';
import { cleanUp, temporaryFolder } from '../ndi/testing/folders.ts';
import { DocumentsService } from './documents.ts';
import { Jobs } from './jobs.ts';
import { OpenItems } from './open-items.ts';
import { QueryIndexes } from './query-indexes.ts';

const path = temporaryFolder();
const items = new OpenItems({ indexFolder: temporaryFolder() });
const jobs = new Jobs();
const documents = new DocumentsService(items, new QueryIndexes(jobs), jobs);
/** No text ends in an exclamation mark, which this pattern finds out by trying all ways to split the letters: for ever. */
const endless = [{ field: 'base.name', operation: 'regexp', param1: '^(a+)+!$', param2: '' }];

beforeAll(async () => {
  const many = Array.from({ length: 6000 }, (_, at) =>
    newDocument('demoNDI', { 'base.name': `${'a'.repeat(40)}${at}`, 'demoNDI.value': at % 50 }),
  );
  createSession({ path, reference: 'many', documents: many }).close();
  await documents.list({ path, wait: true });
});
afterAll(() => {
  items.closeAll();
  cleanUp();
});

const cancelled = expect.objectContaining({ code: 'app.cancelled' }) as Error;

it('answers a large session as a small one, from a thread of its own', async () => {
  const where = [{ field: 'demoNDI.value', operation: 'lessthan', param1: 2, param2: '' }];
  const found = await documents.list({ path, where, sort: 'name', limit: 3 });
  expect(found).toMatchObject({ total: 240, indexing: null });
  expect(found.documents.map(({ name }) => name.slice(40))).toEqual(['0', '1', '100']);
  expect(await documents.classes(path)).toEqual([
    { class: 'demoNDI', count: 6000 },
    { class: 'session', count: 1 },
  ]);
  const wrong = [{ field: 'base.name', operation: 'frobs', param1: 1, param2: '' }];
  await expect(documents.list({ path, where: wrong })).rejects.toThrow(
    expect.objectContaining({ code: 'query.invalid' }),
  );
});

it('stops a question that is no longer wanted, and answers the next one and everything else meanwhile', async () => {
  const typing = new AbortController();
  const stale = documents.list({ path, where: endless }, typing.signal);
  const refused = expect(stale).rejects.toThrow(cancelled);
  // The process goes on: a timer of 10 ms is not held up by a question that takes for ever.
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 10);
  await vi.waitUntil(() => turns > 5, { timeout: 60_000 });
  clearInterval(timer);
  typing.abort();
  await refused;
  expect((await documents.list({ path, class: 'session' })).total).toBe(1);
});

it('shows a long question as a job, which can be cancelled there', async () => {
  const refused = expect(documents.list({ path, where: endless })).rejects.toThrow(cancelled);
  const running = () => jobs.list().find((job) => job.state === 'running');
  await vi.waitUntil(() => running() !== undefined, { timeout: 60_000 });
  const job = running();
  expect(job?.title).toMatch(/^Look for documents in /);
  expect(jobs.cancel(job?.id ?? '')).toBe(true);
  await refused;
  expect(jobs.list().find((one) => one.id === job?.id)?.state).toBe('cancelled');
  expect((await documents.list({ path, class: 'demoNDI', limit: 1 })).total).toBe(6000);
});

it('asks even a small session aside where a pattern may take for ever', async () => {
  const small = temporaryFolder();
  const one = newDocument('demoNDI', { 'base.name': 'a'.repeat(40), 'demoNDI.value': 1 });
  createSession({ path: small, reference: 'small', documents: [one] }).close();
  const typing = new AbortController();
  const refused = expect(documents.list({ path: small, where: endless }, typing.signal)).rejects.toThrow(cancelled);
  await delay(150);
  typing.abort();
  await refused;
  const harmless = [{ field: 'base.name', operation: 'regexp', param1: '^a+$', param2: '' }];
  expect((await documents.list({ path: small, where: harmless })).total).toBe(1);
  expect(await documents.shape({ path: small, where: harmless })).toEqual({
    total: 1,
    classes: [{ class: 'demoNDI', count: 1 }],
    fields: ['demoNDI.value'],
  });
});
