// npm run check: every static check. Prints one line a check; the output of a check only when it fails.
import { spawnSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { ensureInstalled, node24, root, tool, toolEnvironment } from './install.mjs';

const typescript = (part) => [tool('typescript', 'bin', 'tsc'), '-p', part];

const checks = [
  ['format', [tool('prettier', 'bin', 'prettier.cjs'), '--check', '--log-level', 'warn', '.']],
  ['types of shared', typescript('shared')],
  ['types of electron', typescript('electron')],
  ['types of renderer', typescript('renderer')],
  ['types of e2e', typescript('e2e')],
  ['lint', [tool('eslint', 'bin', 'eslint.js'), '--max-warnings', '0', '.']],
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

/** Runs all checks; gives the names of those that passed and failed. */
export function runChecks() {
  const result = { passed: [], failed: [] };
  for (const [name, args] of checks) {
    const started = Date.now();
    const outcome = spawnSync(node24, args, {
      cwd: root,
      env: toolEnvironment(),
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const passed = outcome.status === 0;
    result[passed ? 'passed' : 'failed'].push(name);
    process.stdout.write(
      `${passed ? 'passed' : 'FAILED'}  ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)\n`,
    );
    if (!passed) process.stdout.write(`${outcome.stdout ?? ''}${outcome.stderr ?? ''}\n`);
  }
  return result;
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  ensureInstalled();
  const { failed } = runChecks();
  process.exit(failed.length === 0 ? 0 : 1);
}
