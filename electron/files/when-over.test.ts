import { once } from 'node:events';
import { MessageChannel } from 'node:worker_threads';
import { expect, it } from 'vitest';
import { whenOver } from './when-over.ts';

const holdUp = (milliseconds: number) => {
  const until = Date.now() + milliseconds;
  while (Date.now() < until);
};

it('calls when the time is over, unless it is taken back', async () => {
  const called: string[] = [];
  const takeBack = whenOver(1, () => called.push('taken back'));
  takeBack();
  await new Promise<void>((resolve) => {
    whenOver(5, resolve);
  });
  expect(called).toEqual([]);
});

it('looks first at what came while the process was held up', async () => {
  const { port1, port2 } = new MessageChannel();
  const order: string[] = [];
  port2.once('message', () => {
    order.push('came');
    takeBack();
  });
  const takeBack = whenOver(10, () => order.push('over'));
  port1.postMessage('something');
  holdUp(30);
  await once(port2, 'message');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(order).toEqual(['came']);
  port1.close();
});
