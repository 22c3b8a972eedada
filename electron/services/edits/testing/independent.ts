import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export const pythonScript = (name: 'read_session.py' | 'write_session.py'): string =>
  fileURLToPath(new URL(name, import.meta.url));

/** What a Python program answers. */
export const python = (...args: string[]): Record<string, unknown> =>
  JSON.parse(execFileSync('python3', args, { encoding: 'utf8', maxBuffer: 1e8 })) as Record<string, unknown>;

/** What an independent reader, which knows only NDI's layout, finds in a folder. */
export function readByPython(
  path: string,
  ...options: string[]
): { problems: string[]; counts: Record<string, number>; stored: number } {
  return python(pythonScript('read_session.py'), path, ...options) as ReturnType<typeof readByPython>;
}
