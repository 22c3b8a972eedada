// npm run check: every static check. Prints one line a check; the output of a check only when it fails.
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, node24, root, tool, toolEnvironment } from './install.mjs';

const typescript = (part) => [tool('typescript', 'bin', 'tsc'), '-p', part];
const eslint = (...paths) => [tool('eslint', 'bin', 'eslint.js'), '--max-warnings', '0', ...paths];

/** What is linted with the types of the privileged side, of the page, of the browser tests; the rest needs few. */
const lintedApart = ['electron', 'bench', 'build', 'forge.config.ts', 'renderer', 'e2e'];

/** The longest first. Linting holds the types of all that it is given: part by part it fits into a small machine. */
const checks = [
  ['lint of electron', eslint(...lintedApart.slice(0, 4))],
  ['lint of renderer', eslint('renderer')],
  ['lint of e2e', eslint('e2e')],
  ['lint of the rest', eslint('.', ...lintedApart.flatMap((path) => ['--ignore-pattern', path]))],
  ['format', [tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['types of shared', typescript('shared')],
  ['types of electron', typescript('electron')],
  ['types of renderer', typescript('renderer')],
  ['types of e2e', typescript('e2e')],
  [
    'layers',
    [
      tool('dependency-cruiser', 'bin', 'dependency-cruiser.mjs'),
      '--config',
      'build/layers.cjs',
      'shared',
      'electron',
      'renderer',
    ],
  ],
  ['dead code', [tool('knip', 'bin', 'knip.js'), '--config', 'build/knip.json']],
];

/** Checks at a time; more than two would only wait for memory. */
const AT_ONCE = 2;

/** Runs all checks; gives the names of those that passed and failed. */
export async function runChecks() {
  const result = { passed: [], failed: [] };
  const waiting = [...checks];
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [name, args] = next;
      const started = Date.now();
      const { passed, output } = await runCheck(args);
      result[passed ? 'passed' : 'failed'].push(name);
      const seconds = ((Date.now() - started) / 1000).toFixed(1);
      process.stdout.write(`${passed ? 'passed' : 'FAILED'}  ${name} (${seconds} s)\n${passed ? '' : `${output}\n`}`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return result;
}

/** Megabytes that a check may use, where Node would allow itself less by the size of the machine. */
const MEMORY = '--max-old-space-size=4096';

function runCheck(args) {
  return new Promise((resolve) => {
    const child = spawn(node24, [MEMORY, ...args], {
      cwd: root,
      env: toolEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => resolve({ passed: false, output: error.message }));
    child.on('close', (status) => resolve({ passed: status === 0, output }));
  });
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled();
  const { failed } = await runChecks();
  process.exit(failed.length === 0 ? 0 : 1);
}
