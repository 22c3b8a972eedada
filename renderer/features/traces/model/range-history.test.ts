import { expect, it } from 'vitest';
import { back, forward, leave, noHistory } from './range-history.ts';

const a = { t0: 0, t1: 1 };
const b = { t0: 1, t1: 2 };
const c = { t0: 2, t1: 3 };

it('goes back and forward through what was seen', () => {
  const history = leave(leave(noHistory, a), b);
  const first = back(history, c);
  expect(first?.range).toEqual(b);
  const second = back(first!.history, b);
  expect(second?.range).toEqual(a);
  expect(back(second!.history, a)).toBeNull();
  const again = forward(second!.history, a);
  expect(again?.range).toEqual(b);
  expect(forward(again!.history, b)?.range).toEqual(c);
});

it('a new way forgets what lay ahead; the same range is kept once', () => {
  const stepped = back(leave(noHistory, a), b)!;
  expect(leave(stepped.history, a).future).toEqual([]);
  expect(leave(leave(noHistory, a), { ...a }).past).toEqual([a]);
});

it('does not grow without end', () => {
  let history = noHistory;
  for (let index = 0; index < 500; index += 1) history = leave(history, { t0: index, t1: index + 1 });
  expect(history.past.length).toBe(100);
  expect(history.past.at(-1)).toEqual({ t0: 499, t1: 500 });
});
