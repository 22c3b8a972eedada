import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LatestOnly } from './latest-only.ts';

interface Asked {
  readonly question: string;
  readonly signal: AbortSignal;
  answer(value: string): void;
  fail(thrown: unknown): void;
}

let asked: Asked[];
let said: string[];
let queue: LatestOnly<string, string>;

beforeEach(() => {
  vi.useFakeTimers();
  asked = [];
  said = [];
  queue = new LatestOnly<string, string>({
    ask: (question, signal) =>
      new Promise((resolve, reject) => {
        asked.push({ question, signal, answer: resolve, fail: reject });
        signal.addEventListener('abort', () => {
          reject(new DOMException('Aborted', 'AbortError'));
        });
      }),
    answered: (question, answer) => said.push(`${question}=${answer}`),
    failed: (question, thrown) => said.push(`${question} failed: ${String(thrown)}`),
    busy: (busy) => said.push(busy ? 'busy' : 'idle'),
  });
});

afterEach(() => {
  vi.useRealTimers();
});

const settle = () => vi.advanceTimersByTimeAsync(0);

it('of a burst asks the first and the last', async () => {
  for (const question of ['a', 'b', 'c', 'd']) queue.want(question);
  asked[0]!.answer('1');
  await settle();
  asked[1]!.answer('2');
  await settle();
  expect(asked.map(({ question }) => question)).toEqual(['a', 'd']);
  expect(said).toEqual(['busy', 'a=1', 'busy', 'd=2', 'idle']);
});

it('aborts a question that was overtaken and takes long, without telling of a failure', async () => {
  queue.want('slow');
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked[0]!.signal.aborted).toBe(false);
  queue.want('new');
  await vi.advanceTimersByTimeAsync(1);
  expect(asked[0]!.signal.aborted).toBe(true);
  expect(asked[1]!.question).toBe('new');
  asked[1]!.answer('x');
  await settle();
  expect(said).toEqual(['busy', 'busy', 'new=x', 'idle']);
});

it('asks once what is wanted again while it is being asked', async () => {
  queue.want('slow');
  queue.want('other');
  queue.want('slow');
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked[0]!.signal.aborted).toBe(false);
  asked[0]!.answer('1');
  await settle();
  expect(asked).toHaveLength(1);
  expect(said).toEqual(['busy', 'slow=1', 'idle']);
});

it('tells of a failure and goes on', async () => {
  queue.want('a');
  asked[0]!.fail(new Error('broken'));
  await settle();
  queue.want('b');
  asked[1]!.answer('fine');
  await settle();
  expect(said).toEqual(['busy', 'a failed: Error: broken', 'idle', 'busy', 'b=fine', 'idle']);
});

it('says nothing more once cancelled', async () => {
  queue.want('a');
  queue.want('b');
  queue.cancel();
  asked[0]!.answer('late');
  await vi.advanceTimersByTimeAsync(1000);
  expect(asked).toHaveLength(1);
  expect(said).toEqual(['busy', 'idle']);
});
