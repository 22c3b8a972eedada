import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runProgram } from './program.ts';

/** One run of the tests: Playwright's main process, the parent of its workers. */
const runId = createHash('sha256').update(`${process.ppid}`).digest('hex').slice(0, 12);

/** Folder of what this run of the tests shares between its workers. */
export function sharedFolder(parent = runId): string {
  return join(tmpdir(), `ndi-tests-${parent}`);
}

export interface DemoSession {
  /** Folder of the session. */
  readonly path: string;
  /** What `ndi demo --json` answered: the session as `info` tells it, and `truth`. */
  readonly answer: Record<string, unknown>;
}

/** The sample session, made once a run and not to be changed; `copyOfDemo` gives one to change. */
export async function demoSession(): Promise<DemoSession> {
  const folder = sharedFolder();
  const path = join(folder, 'demo');
  const answerPath = join(folder, 'demo.json');
  if (!existsSync(answerPath)) await makeDemo(path, answerPath);
  return { path, answer: JSON.parse(readFileSync(answerPath, 'utf8')) as Record<string, unknown> };
}

/** A copy of the sample session in a folder of the test's own. */
export async function copyOfDemo(folder: string): Promise<string> {
  const { path } = await demoSession();
  const copy = join(folder, 'demo');
  cpSync(path, copy, { recursive: true });
  return copy;
}

/** Two workers may start together: each makes its own beside the place, and the first to be ready puts it there. */
async function makeDemo(path: string, answerPath: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const lock = `${path}.lock`;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch {
      // The other worker is making it.
      if (existsSync(answerPath)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  try {
    if (existsSync(answerPath)) return;
    const dataFolder = join(dirname(path), 'data');
    const { status, out, err } = await runProgram(['demo', path, '--json'], { dataFolder });
    if (status !== 0) throw new Error(`The sample session could not be made: ${out.toString()}${err}`);
    writeFileSync(`${answerPath}.part`, out);
    renameSync(`${answerPath}.part`, answerPath);
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}
