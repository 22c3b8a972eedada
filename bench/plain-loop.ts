// Compiles plain-loop.c with the machine's own compiler and runs it on a recording: what no reader can beat by much.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { openRecording } from '../electron/formats/registry.ts';

/** Milliseconds of every run. */
export interface Limits {
  /** Reading the file into one place. */
  readonly pread: readonly number[];
  /** The same and setting the words apart by channel, as floats that nothing is done to. */
  readonly decode: readonly number[];
  /** The same for seconds at random. */
  readonly second: readonly number[];
  /** One channel of the whole file by two threads that read all of it. */
  readonly channel: readonly number[];
  /** The same reading the channel's piece of every block; nothing where blocks are short. */
  readonly channelPieces: readonly number[];
  /** The same from a memory map whose pages are all mapped, which Node does not have. */
  readonly channelMap: readonly number[];
}

/** @returns the path of the program, or null where there is no `cc` */
export function compilePlainLoop(folder: string): string | null {
  const program = join(folder, 'plain-loop');
  const source = join(import.meta.dirname, 'plain-loop.c');
  return spawnSync('cc', ['-O3', '-pthread', '-o', program, source]).status === 0 ? program : null;
}

/** Limits of a recording with one run of samples. */
export function runPlainLoop(program: string, path: string, runs: number): Limits {
  const [stream] = openRecording(path).streams;
  const [run] = stream?.runs ?? [];
  const channels = stream?.channels.filter(({ bit, time }) => bit === undefined && time === undefined) ?? [];
  if (run === undefined) throw new Error(`${path} holds no samples.`);
  const { offset, blockBytes, samplesPerBlock, samples } = run;
  const numbers = [
    offset,
    blockBytes,
    channels[0]?.channelOffset ?? 0,
    samplesPerBlock,
    channels.length,
    samples,
    runs,
  ];
  const result = spawnSync(program, [path, ...numbers.map(String)], { encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`The C loop failed on ${path}: ${result.stderr}`);
  return JSON.parse(result.stdout) as Limits;
}
