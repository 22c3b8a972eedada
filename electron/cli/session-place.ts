import type { Run } from './run.ts';

export interface SessionOptions {
  readonly session?: string | undefined;
}

export interface SessionPlace {
  readonly path: string;
  readonly sessionId?: string;
}

/** A session or dataset that the user named by its path, and with `--session` one of a dataset's sessions. */
export function placeOf(run: Run, path: string, { session }: SessionOptions): SessionPlace {
  return { path: run.path(path), ...(session === undefined ? {} : { sessionId: session }) };
}
