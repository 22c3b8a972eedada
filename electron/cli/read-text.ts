import { readFile } from 'node:fs/promises';
import { text as readAll } from 'node:stream/consumers';
import { parseJsonTolerant, type JsonValue } from '../../shared/model/document-json.ts';
import { toFileError } from '../files/file-faults.ts';
import type { Run } from './run.ts';

/** What standard input (`-`) or a file that the user named holds. @throws NdiError path.* */
export async function readGiven(run: Run, given: string): Promise<string> {
  return given === '-' ? readAll(process.stdin) : readText(run.path(given));
}

/** @throws NdiError path.* */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw toFileError(error, path);
  }
}

/** JSON, or else the text itself. */
export function readJsonOrText(given: string): JsonValue {
  try {
    return parseJsonTolerant(given);
  } catch {
    return given;
  }
}
