import { chmodSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { OpenItems } from './open-items.ts';

const folder = temporaryFolder();
const find = (path: string) => () => new OpenItems().find(path);
const fault = (code: string) => expect.objectContaining({ code }) as Error;

describe('a path that cannot be looked at', () => {
  it('is told by a typed error where it is longer than any path', () => {
    expect(find('/long'.repeat(2000))).toThrow(fault('path.missing'));
  });

  // The system's administrator may look everywhere.
  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')('is told where the rights are missing', () => {
    for (const closed of [join(folder, 'closed'), join(folder, 'session', '.ndi')]) {
      mkdirSync(closed, { recursive: true });
      chmodSync(closed, 0);
    }
    try {
      expect(find(join(folder, 'closed'))).toThrow(fault('path.denied'));
      expect(find(join(folder, 'session'))).toThrow(fault('path.denied'));
    } finally {
      for (const closed of ['closed', 'session/.ndi']) chmodSync(join(folder, closed), 0o700);
      rmSync(folder, { recursive: true });
    }
  });
});
