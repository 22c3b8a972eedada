import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const checkout = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The built command line, or its sources where nothing is built. */
function programPath(): string {
  const built = join(checkout, 'dist', 'electron', 'cli.js');
  return existsSync(built) ? built : join(checkout, 'electron', 'cli', 'ndi.ts');
}

export interface Run {
  readonly status: number | null;
  readonly out: Buffer;
  readonly err: string;
}

/** Environment of a program under test: its own application folder, and no window on the machine's screen. */
export function testEnvironment(dataFolder: string, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const environment: NodeJS.ProcessEnv = {
    ...process.env,
    NDI_DATA_FOLDER: dataFolder,
    BROWSER: 'none',
    NO_COLOR: '1',
    ...extra,
  };
  // Playwright forces colours upon its workers.
  delete environment['FORCE_COLOR'];
  return environment;
}

/** Starts `ndi` with its streams as pipes. */
export function startProgram(args: readonly string[], environment: NodeJS.ProcessEnv, cwd?: string): ChildProcess {
  return spawn(process.execPath, [programPath(), ...args], {
    env: environment,
    stdio: 'pipe',
    ...(cwd === undefined ? {} : { cwd }),
  });
}

/** Runs `ndi` to its end. */
export async function runProgram(
  args: readonly string[],
  options: { dataFolder: string; cwd?: string; input?: string; environment?: NodeJS.ProcessEnv },
): Promise<Run> {
  const child = startProgram(args, testEnvironment(options.dataFolder, options.environment), options.cwd);
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr?.on('data', (chunk: Buffer) => err.push(chunk));
  child.stdin?.end(options.input ?? '');
  const status = await ended(child);
  return { status, out: Buffer.concat(out), err: Buffer.concat(err).toString() };
}

/** Exit status, once the streams are read to their end. */
export function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
}
