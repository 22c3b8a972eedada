import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { openSession } from './session.ts';
import { cleanUp, temporaryFolder } from './testing/folders.ts';

afterAll(cleanUp);

const script = fileURLToPath(new URL('./testing/create-forever.ts', import.meta.url));

describe('a session whose program is killed while it writes', () => {
  it.each([3, 17, 31, 53, 80, 120])('is there whole or not at all, and opens (killed after %i ms)', async (delay) => {
    const root = temporaryFolder();
    const source = join(temporaryFolder(), 'data.bin');
    writeFileSync(source, Buffer.alloc(200_000, 7));
    const child = spawn(process.execPath, [script, root, source], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    await wait(delay);
    child.kill('SIGKILL');
    await once(child, 'exit');
    for (const name of readdirSync(root)) {
      const path = join(root, name);
      const others = readdirSync(path).filter((entry) => entry !== '.ndi');
      expect(others.every((entry) => entry.startsWith('.ndi-new-'))).toBe(true);
      if (!existsSync(join(path, '.ndi'))) continue;
      // Writing first: a killed writer may leave a journal, which the next writer plays back.
      const session = openSession(path, { writable: true });
      expect(session.problems()).toEqual([]);
      const demos = session.documents({ class: 'demoNDI' });
      expect([1, 3]).toContain(demos.length);
      for (const entry of demos.slice(1)) expect(session.binaryFile(entry.id, 'filename1.ext')).toBeTruthy();
      session.close();
    }
  });
});
