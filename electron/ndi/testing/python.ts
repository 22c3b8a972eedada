import { spawnSync } from 'node:child_process';

/** Whether Python 3 is here: an independent reader of what was written. */
export const hasPython = spawnSync('python3', ['-c', 'import sqlite3']).status === 0;

/**
 * Runs a Python script that prints one JSON value; it knows only the tables that the reference describes.
 * @param args `sys.argv[1:]`
 */
export function askPython(script: string, ...args: string[]): unknown {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', script, ...args], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
