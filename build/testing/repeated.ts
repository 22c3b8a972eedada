import type { Reporter, TestCase } from 'vitest/node';

/** Says which tests passed only when they were repeated: a busy machine, or a fault that shows itself now and then. */
export default class Repeated implements Reporter {
  readonly #names: string[] = [];

  onTestCaseResult(test: TestCase): void {
    if (test.diagnostic()?.flaky === true) this.#names.push(`${test.module.relativeModuleId}: ${test.fullName}`);
  }

  onTestRunEnd(): void {
    if (this.#names.length === 0) return;
    process.stdout.write(`${this.#names.length} passed only when repeated:\n  ${this.#names.join('\n  ')}\n`);
  }
}
