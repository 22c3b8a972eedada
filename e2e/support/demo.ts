import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { isRunning } from '../../electron/files/running-process.ts';
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

/** A copy of the sample session below a folder, which others may use too: each copy has a place of its own. */
export async function copyOfDemo(folder: string): Promise<string> {
  const { path } = await demoSession();
  mkdirSync(folder, { recursive: true });
  const copy = join(mkdtempSync(join(folder, 'copy-')), 'demo');
  cpSync(path, copy, { recursive: true });
  return copy;
}

/** Two workers may start together: each makes its own beside the place, and the first to be ready puts it there. */
async function makeDemo(path: string, answerPath: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const lock = `${path}.lock`;
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch {
      // The other worker is making it, unless a test that ran out of time has taken it along.
      if (existsSync(answerPath)) return;
      await new Promise((resolve) => setTimeout(resolve, 100));
      if (!isHeld(lock)) rmSync(lock, { force: true });
    }
  }
  try {
    if (existsSync(answerPath)) return;
    rmSync(path, { recursive: true, force: true });
    const dataFolder = join(dirname(path), 'data');
    const { status, out, err } = await runProgram(['demo', path, '--json'], { dataFolder });
    if (status !== 0) throw new Error(`The sample session could not be made: ${out.toString()}${err}`);
    writeFileSync(`${answerPath}.part`, out);
    renameSync(`${answerPath}.part`, answerPath);
  } finally {
    rmSync(lock, { force: true });
  }
}

function isHeld(lock: string): boolean {
  try {
    const pid = readFileSync(lock, 'utf8');
    // Empty: it is just being written.
    return pid === '' || isRunning(Number(pid));
  } catch {
    // It was given back.
    return true;
  }
}
