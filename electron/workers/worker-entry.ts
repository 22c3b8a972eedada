import { parentPort } from 'node:worker_threads';
import { beat, countBeats } from '../files/heartbeat.ts';
import { toErrorReport } from '../../shared/model/errors.ts';
import { Answerer } from './answer.ts';
import type { ReplyMessage, RequestKind, RequestMessage } from './requests.ts';

const port = parentPort;
if (port === null) throw new Error('This file is the entry of a worker thread.');

const answerer = new Answerer();

port.on('message', (message: RequestMessage) => {
  const flag = new Int32Array(message.cancelFlag);
  countBeats(flag.subarray(1));
  const reply = (body: ReplyMessage, transfer: ArrayBuffer[] = []) => port.postMessage(body, transfer);
  try {
    const output = answerer.answer<RequestKind>(message.kind, message.input, {
      isCancelled: () => {
        beat();
        return Atomics.load(flag, 0) !== 0;
      },
      onProgress: (progress) => reply({ type: 'progress', progress }),
    });
    reply({ type: 'done', output, cacheBytes: answerer.cacheBytes }, buffersOf(output));
  } catch (error) {
    reply({ type: 'failed', error: toErrorReport(error), cacheBytes: answerer.cacheBytes });
  }
});

/** Buffers, and those of typed arrays, at the top of a result, or in its lists: they move instead of being copied. */
function buffersOf(output: unknown): ArrayBuffer[] {
  if (output === null || typeof output !== 'object') return [];
  const buffers = new Set<ArrayBuffer>();
  for (const value of Object.values(output)) {
    for (const item of Array.isArray(value) ? value : [value]) {
      const buffer: unknown = ArrayBuffer.isView(item) ? item.buffer : item;
      if (buffer instanceof ArrayBuffer) buffers.add(buffer);
    }
  }
  return [...buffers];
}
