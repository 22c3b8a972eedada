import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import type { MessagePortMain } from 'electron';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DataSupervisor, type DataChild, type DataFailure } from './data-supervisor.ts';

class FakeChild extends EventEmitter implements DataChild {
  readonly heard: unknown[] = [];
  readonly stderr = new PassThrough();
  postMessage(message: unknown, transfer: unknown[] = []): void {
    this.heard.push([message, ...transfer]);
  }
  kill(): boolean {
    this.emit('exit', 15);
    return true;
  }
}

function supervised() {
  const children: FakeChild[] = [];
  const failures: DataFailure[] = [];
  const onRestart = vi.fn();
  const onEnd = vi.fn();
  const supervisor = new DataSupervisor({
    fork() {
      const child = new FakeChild();
      children.push(child);
      return child;
    },
    askKeyStore: ({ text }) => Promise.resolve(`sealed ${text}`),
    onEnd,
    onRestart,
    onFailure: (failure) => failures.push(failure),
  });
  return { supervisor, children, failures, onRestart, onEnd };
}

const port = Object.create(null) as MessagePortMain;

describe('DataSupervisor', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('starts the process when it is first needed, and hands over ports and events', () => {
    const { supervisor, children } = supervised();
    expect(supervisor.isRunning).toBe(false);
    supervisor.send({ type: 'open', path: '/a' });
    supervisor.connect(1, port);
    expect(children.map((child) => child.heard)).toEqual([
      [[{ type: 'hostEvent', event: { type: 'open', path: '/a' } }], [{ type: 'connect', page: 1 }, port]],
    ]);
  });

  it('answers questions to the key store, and passes on what has ended', async () => {
    const { supervisor, children, onEnd } = supervised();
    supervisor.connect(1, port);
    const ending = { kind: 'transfer', title: 'Uploading mouse 12', state: 'done' };
    children[0]?.emit('message', { type: 'ended', ending });
    children[0]?.emit('message', { type: 'keyStore', id: 7, ask: 'seal', text: 'a secret' });
    expect(onEnd.mock.calls).toEqual([[ending]]);
    await vi.waitFor(
      () => {
        expect(children[0]?.heard.at(-1)).toEqual([{ type: 'keyStoreAnswer', id: 7, text: 'sealed a secret' }]);
      },
      { timeout: 60_000 },
    );
  });

  it('starts it again once, and then reports with its last words', () => {
    const { supervisor, children, failures, onRestart } = supervised();
    supervisor.connect(1, port);
    children[0]?.emit('exit', 1);
    expect([children.length, onRestart.mock.calls.length, failures]).toEqual([2, 1, []]);
    children[1]?.stderr.write('out of memory');
    children[1]?.emit('exit', 134);
    expect([children.length, onRestart.mock.calls.length]).toEqual([2, 1]);
    expect(failures).toEqual([{ exitCode: 134, lastWords: 'out of memory' }]);
    expect(supervisor.isRunning).toBe(false);
  });

  it('takes a crash after a calm as a first one', () => {
    const { supervisor, children, failures } = supervised();
    supervisor.connect(1, port);
    children[0]?.emit('exit', 1);
    vi.advanceTimersByTime(120_000);
    children[1]?.emit('exit', 1);
    expect([children.length, failures]).toEqual([3, []]);
  });

  it('tries anew when a page asks after the report', () => {
    const { supervisor, children, failures } = supervised();
    supervisor.connect(1, port);
    children[0]?.emit('exit', 1);
    children[1]?.emit('exit', 1);
    supervisor.connect(1, port);
    expect(children[2]?.heard).toEqual([[{ type: 'connect', page: 1 }, port]]);
    children[2]?.emit('exit', 1);
    expect([children.length, failures.length]).toEqual([4, 1]);
  });

  it('lets it close its files when it stops, and ends it when it does not', async () => {
    const { supervisor, children, failures } = supervised();
    supervisor.connect(1, port);
    const stopped = supervisor.stop();
    expect(children[0]?.heard.at(-1)).toEqual([{ type: 'close' }]);
    vi.advanceTimersByTime(5000);
    await stopped;
    expect([children.length, failures, supervisor.isRunning]).toEqual([1, [], false]);
  });
});
