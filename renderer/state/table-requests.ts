import { create } from 'zustand';

interface TableRequest {
  /** Folder of the session. */
  readonly path: string;
  /** Files of tables (CSV, TSV, Excel, MAT). */
  readonly files: readonly string[];
}

/** Tables that are to be taken into a session: its page asks what their columns tell, as soon as it stands. */
export const useTableRequest = create<{ readonly asked: TableRequest | null }>()(() => ({ asked: null }));

export function askForTables(path: string, files: readonly string[]): void {
  useTableRequest.setState({ asked: { path, files } });
}

export function forgetTables(): void {
  useTableRequest.setState({ asked: null });
}

/** Whether a file may be a table, by its name: what it holds is seen when it is read. */
export function isTableName(path: string): boolean {
  return /\.(?:csv|tsv|xlsx|mat)$/i.test(path);
}
