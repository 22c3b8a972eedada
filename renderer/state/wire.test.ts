import { os } from '@orpc/server';
import { MessagePortHandler } from '@orpc/server/message-port';
import { createORPCClient } from '@orpc/client';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRpcHandler } from '../../electron/services/rpc-handler.ts';
import { decodeViewFrame, encodeViewFrame } from '../../shared/model/view-frame.ts';
import { openWire, type Wire } from './wire.ts';

interface Client {
  view(): Promise<Uint8Array<ArrayBuffer>>;
  file(): Promise<{ rows: number; file: Blob }>;
  count(input: { to: number }): Promise<AsyncIterable<number>>;
  wait(input: undefined, options: { signal: AbortSignal }): Promise<void>;
}

const header = { t0: 0, t1: 1, columns: 2, channels: [], samplesPerColumn: 1, level: 0, sampled: 0 };
const body = Float32Array.of(1.5, -2, NaN, 1e30);
let aborted: Promise<void>;
let tellAborted: () => void;

const router = {
  view: os.handler(() => encodeViewFrame({ header, body })),
  file: os.handler(() => ({ rows: 2, file: new Blob(['a,b\n1,2\n'], { type: 'text/csv' }) })),
  count: os.handler(async function* ({ input }) {
    for (let i = 1; i <= (input as { to: number }).to; i += 1) yield await Promise.resolve(i);
  }),
  wait: os.handler(
    ({ signal }) =>
      new Promise<void>((_resolve, reject) => {
        signal?.addEventListener('abort', () => {
          tellAborted();
          reject(new Error('aborted'));
        });
      }),
  ),
};

let channel: MessageChannel;
let wire: Wire;
let client: Client;
/** What crossed towards the page. */
let crossed: unknown[];

beforeEach(() => {
  aborted = new Promise((resolve) => (tellAborted = resolve));
  crossed = [];
  channel = new MessageChannel();
  new MessagePortHandler(createRpcHandler(router)).upgrade(channel.port1);
  channel.port1.start();
  wire = openWire((message) => channel.port2.postMessage(message));
  channel.port2.addEventListener('message', ({ data }: MessageEvent<string | ArrayBuffer>) => {
    crossed.push(data);
    wire.received(data);
  });
  channel.port2.start();
  client = createORPCClient(wire.link) as unknown as Client;
});

afterEach(() => {
  channel.port2.close();
});

it('gives bytes as bytes, and little more crosses than they are', async () => {
  const frame = decodeViewFrame(await client.view());
  expect(frame.header).toEqual(header);
  expect(frame.body).toEqual(body);
  const message = crossed[0] as ArrayBuffer;
  expect(message.byteLength).toBeLessThan(encodeViewFrame({ header, body }).byteLength + 200);
});

it('gives files within an answer as Blobs', async () => {
  const { rows, file } = await client.file();
  expect(rows).toBe(2);
  expect(file.type).toBe('text/csv');
  expect(await file.text()).toBe('a,b\n1,2\n');
});

it('streams', async () => {
  const counted: number[] = [];
  for await (const value of await client.count({ to: 3 })) counted.push(value);
  expect(counted).toEqual([1, 2, 3]);
});

it('carries an abort to the other end', async () => {
  const controller = new AbortController();
  const call = client.wait(undefined, { signal: controller.signal });
  setTimeout(() => controller.abort(), 5);
  await expect(call).rejects.toThrow();
  await aborted;
});

it('fails what waits, and what is asked later, when the connection closes', async () => {
  const call = client.wait(undefined, { signal: new AbortController().signal });
  setTimeout(() => wire.closed(), 5);
  await expect(call).rejects.toThrow();
  await expect(client.view()).rejects.toThrow('closed');
});
