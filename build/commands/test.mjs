// npm test: installs what is missing (a browser too), runs every check and test, and closes with `N passed, N failed`.
import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBrowser, installedBrowser } from './browser.mjs';
import { ensureBuilt } from './build.mjs';
import { runChecks } from './check.mjs';
import { ensureInstalled, node24, root, tool, toolEnvironment } from './install.mjs';

ensureInstalled();
ensureBuilt();
const total = { passed: 0, failed: 0, skipped: 0 };
const checks = await runChecks();
total.passed += checks.passed.length;
total.failed += checks.failed.length;
runUnitTests();
runBrowserTests();
const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : '';
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed${skipped}\n`);
process.exit(total.failed === 0 ? 0 : 1);

function runUnitTests() {
  const report = join(root, 'test-results', 'unit.json');
  const args = [tool('vitest', 'vitest.mjs'), 'run', '--config', 'build/vitest.config.ts'];
  const result = runReported(
    [
      ...args,
      '--reporter=default',
      '--reporter=./build/testing/repeated.ts',
      '--reporter=json',
      `--outputFile=${report}`,
    ],
    report,
  );
  count('unit tests', result.status, result.json, (json) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests + json.testResults.filter(hasFailedWhole).length,
    skipped: json.numPendingTests + json.numTodoTests,
  }));
}

/** A file that failed before any of its tests did. */
function hasFailedWhole({ status, assertionResults }) {
  return status === 'failed' && assertionResults.every((test) => test.status !== 'failed');
}

function runBrowserTests() {
  if (!ensureBrowser()) {
    process.stdout.write(
      'FAILED  browser tests: no browser could be found or installed. Install Chrome or Chromium, or set CHROME_PATH.\n',
    );
    total.failed += 1;
    return;
  }
  const report = join(root, 'test-results', 'browser.json');
  const args = [tool('@playwright', 'test', 'cli.js'), 'test', '--config', 'e2e/playwright.config.ts'];
  const env = { PLAYWRIGHT_JSON_OUTPUT_NAME: report, CHROME_PATH: installedBrowser() ?? '' };
  const result = runReported([...args, '--reporter=list,json'], report, env);
  if (result.json?.stats.flaky > 0) process.stdout.write(`${result.json.stats.flaky} passed only when repeated.\n`);
  count('browser tests', result.status, result.json, (json) => ({
    passed: json.stats.expected + json.stats.flaky,
    failed: json.stats.unexpected + json.errors.length,
    skipped: json.stats.skipped,
  }));
}

/** Runs a test program that also writes its report as JSON. */
function runReported(args, report, env = {}) {
  rmSync(report, { force: true });
  const { status } = spawnSync(node24, args, { cwd: root, stdio: 'inherit', env: toolEnvironment(env) });
  try {
    return { status, json: JSON.parse(readFileSync(report, 'utf8')) };
  } catch {
    // No report: the program fell over before it ran a test, which the count below makes a failure.
    return { status, json: null };
  }
}

function count(name, status, json, read) {
  const counts = json === null ? { passed: 0, failed: 1, skipped: 0 } : read(json);
  if (status !== 0 && counts.failed === 0) counts.failed = 1;
  if (json !== null && counts.passed === 0 && counts.failed === 0) counts.failed = 1;
  process.stdout.write(`${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped\n`);
  total.passed += counts.passed;
  total.failed += counts.failed;
  total.skipped += counts.skipped;
}
