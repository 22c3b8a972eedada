import { expect, test } from 'vitest';
import type { Ending } from '../../shared/model/endings.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { Jobs } from './jobs.ts';

test('a job gives its result and ends as done', async () => {
  const jobs = new Jobs();
  const result = await jobs.run({ title: 'Count' }, (progress) => {
    progress.report(0.5, 'half');
    return Promise.resolve(42);
  });
  expect(result).toBe(42);
  expect(jobs.list()).toMatchObject([{ title: 'Count', state: 'done', fraction: 1, detail: 'half', error: null }]);
});

test('a job that fails keeps its typed error and throws it', async () => {
  const jobs = new Jobs();
  const fault = new NdiError({ code: 'path.missing', message: 'x is not there.', recovery: 'Choose it again.' });
  await expect(jobs.run({ title: 'Read' }, () => Promise.reject(fault))).rejects.toBe(fault);
  expect(jobs.list()[0]).toMatchObject({ state: 'failed', error: { code: 'path.missing' } });
});

test('cancelling stops the work through its signal', async () => {
  const jobs = new Jobs();
  const running = jobs.run({ title: 'Wait', id: 'w' }, (_progress, signal) => untilAborted(signal));
  expect(jobs.cancel('w')).toBe(true);
  await expect(running).rejects.toMatchObject({ code: 'app.cancelled' });
  expect(jobs.list()[0]?.state).toBe('cancelled');
  expect(jobs.cancel('w')).toBe(false);
});

test('a job ends when the call that started it goes away', async () => {
  const jobs = new Jobs();
  const caller = new AbortController();
  const running = jobs.run({ title: 'Wait', signal: caller.signal }, (_progress, signal) => untilAborted(signal));
  caller.abort();
  await expect(running).rejects.toMatchObject({ code: 'app.cancelled' });
});

test('an id is used by one running job only; an unknown id cannot be cancelled', async () => {
  const jobs = new Jobs();
  const running = jobs.run({ title: 'Wait', id: 'a' }, (_progress, signal) => untilAborted(signal));
  await expect(jobs.run({ title: 'Again', id: 'a' }, () => Promise.resolve(1))).rejects.toMatchObject({
    code: 'usage.invalid',
  });
  expect(() => jobs.cancel('b')).toThrow(expect.objectContaining({ code: 'job.notFound' }) as Error);
  jobs.cancelAll();
  await expect(running).rejects.toMatchObject({ code: 'app.cancelled' });
  expect(jobs.clear()).toBe(1);
  expect(jobs.list()).toEqual([]);
});

test('whoever listens is told how each job ended, and for how long it ran', async () => {
  const told: Ending[] = [];
  const jobs = new Jobs((ending) => told.push(ending));
  await jobs.run({ title: 'Count' }, () => Promise.resolve(42));
  await jobs.run({ title: 'Index', quiet: true }, () => Promise.resolve(42));
  await expect(jobs.run({ title: 'Read' }, () => Promise.reject(new Error('x')))).rejects.toThrow('x');
  const running = jobs.run({ title: 'Wait', id: 'w' }, (_progress, signal) => untilAborted(signal));
  jobs.cancel('w');
  await expect(running).rejects.toMatchObject({ code: 'app.cancelled' });
  const job = { kind: 'job', tookMs: expect.any(Number) as number };
  expect(told).toEqual([
    { ...job, title: 'Count', state: 'done' },
    { ...job, title: 'Read', state: 'failed' },
    { ...job, title: 'Wait', state: 'cancelled' },
  ]);
  expect(told.every((ending) => ending.kind === 'job' && ending.tookMs >= 0 && ending.tookMs < 10_000)).toBe(true);
});

test('a watcher sees the list at once and then its changes', async () => {
  const jobs = new Jobs();
  const watching = new AbortController();
  const states: string[][] = [];
  const watcher = (async () => {
    for await (const list of jobs.watch(watching.signal)) {
      states.push(list.map((job) => job.state));
      if (list[0]?.state === 'done') return;
    }
  })();
  await jobs.run({ title: 'Short' }, () => Promise.resolve(1));
  await watcher;
  watching.abort();
  expect(states[0]).toEqual([]);
  expect(states.at(-1)).toEqual(['done']);
});

function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(new DOMException('Aborted', 'AbortError')));
  });
}
