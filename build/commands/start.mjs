// npm start [-- PATH…]: installs what is missing, builds, and opens the application.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { ensureInstalled, node24, root, toolEnvironment } from './install.mjs';

/** How long a first download of Electron's binary may take. */
const DOWNLOAD_MS = 180_000;

ensureInstalled();
ensureBuilt();
const args = process.argv.slice(2);
// npm runs scripts in the checkout; paths are meant from where the user stands.
const userFolder = process.env.INIT_CWD ?? process.cwd();
const electron = hasDisplay() ? electronBinary() : null;
if (electron === null) {
  // Neither a window system nor Electron's binary is needed for the web door.
  await follow(node24, [join(root, 'dist', 'electron', 'cli.js'), 'serve', '--open', ...args]);
} else {
  await follow(electron, [...sandboxArguments(), root, ...args]);
}

function hasDisplay() {
  if (process.env.NDI_DOOR === 'web') return false;
  if (process.platform !== 'linux') return true;
  return Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** Path of Electron's binary, fetched once if need be; null where it cannot be had. */
function electronBinary() {
  const found = installedElectron();
  if (found !== null) return found;
  process.stderr.write('Fetching Electron (once)…\n');
  const install = join(root, 'node_modules', 'electron', 'install.js');
  const result = spawnSync(node24, [install], { stdio: 'ignore', timeout: DOWNLOAD_MS, env: toolEnvironment() });
  const fetched = result.status === 0 ? installedElectron() : null;
  if (fetched === null) process.stderr.write('Electron cannot be fetched here; starting the web door instead.\n');
  return fetched;
}

function installedElectron() {
  const folder = join(root, 'node_modules', 'electron');
  if (!existsSync(join(folder, 'path.txt'))) return null;
  const path = join(folder, 'dist', readFileSync(join(folder, 'path.txt'), 'utf8'));
  return existsSync(path) ? path : null;
}

/** Chromium refuses its sandbox to the superuser on Linux; everybody else keeps it. */
function sandboxArguments() {
  return process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [];
}

async function follow(program, programArgs) {
  const child = spawn(program, programArgs, { stdio: 'inherit', cwd: userFolder, env: toolEnvironment() });
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
  child.on('error', (error) => {
    process.stderr.write(`${program} could not be started: ${error.message}\n`);
    process.exit(1);
  });
  // Ctrl-C is how the web door is ended: no failure for npm to report.
  child.on('exit', (code, signal) => process.exit(code === 130 || signal === 'SIGINT' ? 0 : (code ?? 1)));
}
