import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { seedDataset, seedUser } from '../../../e2e/local-cloud/seed.ts';
import { startTestCloud } from '../../../e2e/local-cloud/testing.ts';
import { fuzzOnly, fuzzPlace, fuzzSeed } from '../../signal/fuzz-support.ts';
import type { CloudUser } from './testing/sandbox.ts';

/** Calls in the run of all tests: each procedure once, some of them twice. Thousands: NDI_FUZZ_RUNS=10000. */
const CALLS = Number(process.env['NDI_FUZZ_RUNS'] ?? 300);

it(
  `every call with damaged arguments is answered or refused in our words, and writes only where it says so (NDI_FUZZ_SEED=${fuzzSeed})`,
  async () => {
    const folder = mkdtempSync(join(fuzzPlace, 'ndi-calls-'));
    const [first, last] = fuzzOnly === undefined ? [0, CALLS] : [Number(fuzzOnly), Number(fuzzOnly) + 1];
    const script = fileURLToPath(new URL('./testing/call-all.ts', import.meta.url));
    const local = await startTestCloud();
    const { email, password, organizationId } = seedUser(local.cloud, { email: 'a@x.org' });
    const datasetId = seedDataset(local.cloud, organizationId, { name: 'seeded', documents: 3 });
    const user: CloudUser = { server: local.url, email, password, datasetId };
    const given = [folder, JSON.stringify(user), String(fuzzSeed), String(first), String(last)];
    const child = spawn(process.execPath, [script, ...given], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const [output, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
      const lines = output.trim().split('\n');
      const { counts } = JSON.parse(lines.pop() ?? '') as { counts?: Record<string, number> };
      expect(lines).toEqual([]);
      expect(code).toBe(0);
      if (fuzzOnly === undefined)
        for (const kind of ['answered', 'refused', 'invalid']) expect(counts?.[kind]).toBeGreaterThan(0);
    } finally {
      child.kill();
      await local.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
  240_000 * Math.max(1, CALLS / 1000),
);
