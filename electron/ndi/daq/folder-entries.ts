import { type Dirent, readdirSync } from 'node:fs';
import { toFileError } from '../../files/file-faults.ts';

/**
 * What lies in a folder and is not hidden, in order of name.
 * @throws NdiError path.*
 */
export function visibleEntries(folder: string): Dirent[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true }).filter(({ name }) => !name.startsWith('.'));
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    throw toFileError(error, folder);
  }
}
