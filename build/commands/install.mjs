// Installs what is missing. Runs on Node 18 or later, before anything is installed: built-ins only.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const OLDEST_NODE = 18;
const windows = process.platform === 'win32';

/** Node 24 of the development dependency `node`, the one that our tools and tests run on. */
export const node24 = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');

/** Runs a program; ends this process with its status when it fails. */
export function run(program, args, options = {}) {
  const result = spawnSync(program, args, { cwd: root, stdio: 'inherit', ...options });
  if (result.error) fail(`${program} could not be started: ${result.error.message}`);
  if (result.status !== 0 && options.mayFail !== true) process.exit(result.status ?? 1);
  return result;
}

export function fail(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Node modules in step with package-lock.json; a stamp of the lock file inside them tells. */
export function ensureInstalled() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < OLDEST_NODE)
    fail(`NDI Desktop needs Node ${OLDEST_NODE} or later; this is ${process.version}. See https://nodejs.org.`);
  const stampPath = join(root, 'node_modules', '.ndi-lock');
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  const installed = existsSync(stampPath) && readFileSync(stampPath, 'utf8') === lock && existsSync(node24);
  if (installed) return;
  process.stderr.write('Installing packages (once; about a minute)…\n');
  // npm's own entry where we were started by npm: works on Windows without a shell.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  if (npm?.endsWith('.js')) run(process.execPath, [npm, ...args]);
  else run(windows ? 'npm.cmd' : 'npm', args, { shell: windows });
  if (!existsSync(node24)) fail('Node 24 was not installed: run `npm rebuild node`, then try again.');
  mkdirSync(dirname(stampPath), { recursive: true });
  writeFileSync(stampPath, lock);
}

/** The environment in which our tools run: Node 24 and the installed programs first on the path. */
export function toolEnvironment(extra = {}) {
  const separator = windows ? ';' : ':';
  const programs = [dirname(node24), join(root, 'node_modules', '.bin')].join(separator);
  const pathName = Object.keys(process.env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...process.env, [pathName]: `${programs}${separator}${process.env[pathName] ?? ''}`, ...extra };
}

/** Runs a script of ours or of a package on Node 24. */
export function runNode(args, options = {}) {
  return run(node24, args, { env: toolEnvironment(options.env), ...options, ...{ env: toolEnvironment(options.env) } });
}

/** Path of a package's program, to be run by {@link runNode}. */
export function tool(...parts) {
  return join(root, 'node_modules', ...parts);
}
