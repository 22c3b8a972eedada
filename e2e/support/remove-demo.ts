import { createHash } from 'node:crypto';
import { rmSync } from 'node:fs';
import { sharedFolder } from './demo.ts';

/** Removes what the run shared; called in Playwright's main process. */
export default function removeDemo(): void {
  const id = createHash('sha256').update(`${process.pid}`).digest('hex').slice(0, 12);
  rmSync(sharedFolder(id), { recursive: true, force: true });
}
