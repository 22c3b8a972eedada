import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { test as base, _electron, type Browser, type ElectronApplication, type Page } from '@playwright/test';
import { watchFaults } from './door.ts';
import { StandIn } from './electron-stand-in/launch.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** The application under test: on Electron itself where its binary is, else on the stand-in. */
export interface Desktop {
  readonly app: Pick<ElectronApplication, 'evaluate' | 'firstWindow' | 'windows' | 'close' | 'process'>;
  readonly page: Page;
  readonly isStandIn: boolean;
  readonly dataFolder: string;
  /** What the page has said that it must not say. */
  readonly faults: readonly string[];
  /** Starts the application a second time, which hands over its arguments and ends; gives its exit status. */
  startAgain(...args: string[]): Promise<number | null>;
}

interface Fixtures {
  desktop: Desktop;
  /** Arguments of the start. */
  args: string[];
}

export const test = base.extend<Fixtures>({
  args: [[], { option: true }],
  desktop: async ({ browser, args }, use) => {
    const dataFolder = mkdtempSync(join(tmpdir(), 'ndi-desktop-'));
    const env = environment(dataFolder);
    const isStandIn = electronBinary() === null;
    const app = await launch(isStandIn ? browser : null, args, env);
    const page = await app.firstWindow();
    const faults = watchFaults(page);
    const startAgain = (...more: string[]) => startSecond(isStandIn ? browser : null, more, env);
    await use({ app, page, isStandIn, dataFolder, faults, startAgain });
    await app.close();
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5 });
  },
});

/** Id of the data process; 0 while there is none. */
export function dataProcess({ app }: Desktop): Promise<number> {
  return app.evaluate((electron) => electron.app.getAppMetrics().find(({ name }) => name === 'NDI data')?.pid ?? 0);
}

/** Path of Electron's binary, where it is installed and a window can be opened. */
function electronBinary(): string | null {
  const folder = join(root, 'node_modules', 'electron');
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
  if (!hasDisplay || !existsSync(join(folder, 'path.txt'))) return null;
  const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
  return existsSync(path) ? path : null;
}

function environment(dataFolder: string): Record<string, string> {
  const inherited = Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { ...Object.fromEntries(inherited), NDI_DATA_FOLDER: dataFolder };
}

async function launch(
  browser: Browser | null,
  args: readonly string[],
  env: Record<string, string>,
): Promise<Desktop['app']> {
  if (browser === null) return _electron.launch({ args: [...switches(), root, ...args], env });
  // The stand-in has the calls of an ElectronApplication that Desktop names.
  return new StandIn({ browser, root, args, env });
}

async function startSecond(browser: Browser | null, args: string[], env: Record<string, string>) {
  const binary = electronBinary();
  const second =
    browser === null && binary !== null
      ? spawn(binary, [...switches(), root, ...args], { env, stdio: 'inherit' })
      : (await launch(browser, args, env)).process();
  const [status] = (await once(second, 'exit')) as [number | null];
  return status;
}

/** The superuser's Chromium on Linux cannot have a sandbox. */
function switches(): string[] {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}
