// Decodes every sample of a recording to physical float32 values, by one or more threads; this file is also their entry.
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { openRecording } from '../electron/formats/registry.ts';
import type { SignalContext } from '../electron/signal/chunks.ts';
import { forEachDecodedChunk } from '../electron/signal/decode.ts';
import { FileHandles } from '../electron/signal/file-handles.ts';
import { Scratch, loadKernels } from '../electron/signal/kernels.ts';

/** Seconds of signal that a thread takes at a time. */
const STEP_SECONDS = 1;

/** Median milliseconds of decoding the whole file. */
export async function measureDecode(path: string, threads: number, runs: number): Promise<number> {
  const workers = Array.from(
    { length: threads },
    (_, part) => new Worker(import.meta.filename, { workerData: { path, part, parts: threads } }),
  );
  const taken: number[] = [];
  for (let run = 0; run <= runs; run++) {
    const started = performance.now();
    await Promise.all(
      workers.map(async (worker) => {
        const done = new Promise((resolve) => worker.once('message', resolve));
        worker.postMessage('go');
        await done;
      }),
    );
    if (run > 0) taken.push(performance.now() - started);
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
  return taken.toSorted((a, b) => a - b)[Math.floor(taken.length / 2)] ?? NaN;
}

function decodePart(context: SignalContext, path: string, part: number, parts: number): number {
  let checksum = 0;
  for (const stream of openRecording(path).streams) {
    const channels = stream.channels.filter(({ time }) => !time);
    const step = Math.round(STEP_SECONDS * stream.sampleRate);
    for (const run of stream.runs) {
      for (let from = part * step; from < run.samples; from += parts * step) {
        const to = Math.min(run.samples, from + step);
        forEachDecodedChunk(context, stream, run, channels, from, to, 4, (_, planes) => {
          checksum += planes[0]?.[0] ?? 0;
        });
      }
    }
  }
  return checksum;
}

if (!isMainThread && parentPort !== null) {
  const { path, part, parts } = workerData as { path: string; part: number; parts: number };
  const port = parentPort;
  const context = { scratch: new Scratch(loadKernels()), files: new FileHandles(), isCancelled: () => false };
  port.on('message', () => port.postMessage(decodePart(context, path, part, parts)));
}
