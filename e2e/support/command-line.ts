import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { runProgram } from './program.ts';

/** The command line as a script uses it, with a folder of the spec's own for what it keeps. */
export interface CommandLine {
  /** Where a spec may write; removed when it is done. */
  readonly folder: string;
  readonly ndi: (
    args: readonly string[],
    options?: { cwd?: string; input?: string },
  ) => Promise<Awaited<ReturnType<typeof runProgram>> & { text: string }>;
  /** The one JSON value that a command writes, its status checked; nothing may be on standard error. */
  readonly answer: <T = Record<string, unknown>>(
    args: readonly string[],
    status?: number,
    options?: object,
  ) => Promise<T>;
  /** The error that a command writes, whole. */
  readonly failure: (args: readonly string[], status: number) => Promise<{ code: string; message: string }>;
}

/** To be called once at the top of a spec. */
export function commandLine(): CommandLine {
  const folder = mkdtempSync(join(tmpdir(), 'ndi-cli-'));
  test.afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const ndi: CommandLine['ndi'] = async (args, options = {}) => {
    const run = await runProgram(args, { dataFolder: join(folder, 'data'), ...options });
    return { ...run, text: run.out.toString() };
  };
  const answer = async <T>(args: readonly string[], status = 0, options = {}): Promise<T> => {
    const run = await ndi([...args, '--json'], options);
    expect(run.status, run.text + run.err).toBe(status);
    expect(run.err).toBe('');
    return JSON.parse(run.text) as T;
  };
  return {
    folder,
    ndi,
    answer,
    async failure(args, status) {
      const { error } = await answer<{ error: { code: string; message: string; recovery: string } }>(args, status);
      expect(Object.keys(error)).toEqual(['code', 'message', 'recovery', 'details']);
      expect(error.message).not.toBe('');
      expect(error.recovery).not.toBe('');
      return error;
    },
  };
}

export interface Samples {
  channels: { name: string; units: string; sampleRate: number }[];
  t0: number;
  data: (number | null)[][];
}

export interface Info {
  kind: string;
  channels: { name: string; type: string; sampleRate: number | null; samples: number | null }[];
  epochs: { epochId: string; device: string; number: number; files: string[]; clocks: { type: string }[] }[];
  documents: { total: number; byClass: Record<string, number> };
  path: string;
}
