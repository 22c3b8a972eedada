import { mkdtempSync, rmSync } from 'node:fs';
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
  /** Asks the running door for another address, as a second start does. */
  freshAddress(path?: string): Promise<string>;
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
  const { address, port } = JSON.parse(line) as { address: string; port: number };
  return {
    address,
    origin: `http://127.0.0.1:${port}`,
    port,
    home,
    dataFolder,
    async freshAddress(path) {
      const args = ['serve', ...(path === undefined ? [] : [path]), '--json'];
      const { out } = await runProgram(args, { dataFolder, environment: { HOME: home, USERPROFILE: home } });
      return (JSON.parse(out.toString()) as { address: string }).address;
    },
    async stop() {
      child.kill('SIGTERM');
      const status = await end;
      rmSync(home, { recursive: true, force: true });
      return status;
    },
  };
}
