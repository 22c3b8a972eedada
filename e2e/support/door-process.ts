import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ended, runProgram, startProgram, testEnvironment } from './program.ts';

/** A web door in a process of its own, with a temporary application folder and home. */
export interface DoorProcess {
  /** With its one-time token. */
  readonly address: string;
  /** `http://127.0.0.1:PORT`, without a token. */
  readonly origin: string;
  readonly port: number;
  /** Temporary home of the door: what it lists first in dialogs. */
  readonly home: string;
  readonly dataFolder: string;
  /** Another address of the running door, with a token of its own. */
  freshAddress(): Promise<string>;
  /** Starts the program once more, with a path; gives the address that it prints. */
  startAgain(path: string): Promise<string>;
  /** Ends it as a service manager would; gives its exit status. */
  stop(): Promise<number | null>;
}

export interface DoorOptions {
  /** Further arguments of `ndi serve`. */
  readonly args?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
}

export async function startDoor(options: DoorOptions = {}): Promise<DoorProcess> {
  const home = mkdtempSync(join(tmpdir(), 'ndi-door-'));
  const dataFolder = join(home, '.ndi-desktop');
  const environment = testEnvironment(dataFolder, { HOME: home, USERPROFILE: home, ...options.environment });
  const child = startProgram(['serve', '--port', '0', '--json', ...(options.args ?? [])], environment, home);
  const end = ended(child);
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  const line = await new Promise<string>((resolve, reject) => {
    let out = '';
    child.stdout?.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes('\n')) resolve(out);
    });
    void end.then((status) => reject(new Error(`The door ended with status ${String(status)}: ${out}${errors}`)));
  });
  const { address, port } = readAnswer(line);
  return {
    address,
    origin: `http://127.0.0.1:${port}`,
    port,
    home,
    dataFolder,
    async freshAddress() {
      const lock = readFileSync(join(dataFolder, 'web-door.lock'), 'utf8');
      const { secret } = JSON.parse(lock) as { secret: string };
      const response = await fetch(`http://127.0.0.1:${port}/instance/open`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}` },
        body: JSON.stringify({ path: null }),
      });
      return ((await response.json()) as { address: string }).address;
    },
    async startAgain(path) {
      const { out } = await runProgram(['serve', path, '--json'], { dataFolder });
      return readAnswer(out.toString()).address;
    },
    async stop() {
      child.kill('SIGTERM');
      const status = await end;
      rmSync(home, { recursive: true, force: true });
      return status;
    },
  };
}

function readAnswer(line: string): { address: string; port: number } {
  const answer = JSON.parse(line) as { address?: string; port?: number };
  if (answer.address === undefined || answer.port === undefined) throw new Error(`The door did not open: ${line}`);
  return { address: answer.address, port: answer.port };
}
