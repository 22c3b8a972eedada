import type { ImportTable } from '../../../../shared/contract/import-choices.ts';
import type { ScannedRecording } from '../../../../shared/contract/imports.ts';
import type { TableMapping } from '../../../../shared/contract/stimuli.ts';

/** How a table is to be kept, by its path. */
export type TableUses = Readonly<Record<string, TableUse>>;

export interface TableUse {
  readonly sheet: string;
  readonly mapping: TableMapping;
  /** Key of the recording on whose clock its times are. */
  readonly recording: string;
  readonly probe: string;
}

/** The recording that a table is likely about: of those that share most of its path the first. */
export function likelyRecording(tableKey: string, recordings: readonly ScannedRecording[]): string {
  const scored = recordings.map(({ key }) => ({ key, shared: sharedLength(key, tableKey) }));
  return scored.reduce((best, one) => (one.shared > best.shared ? one : best), { key: '', shared: -1 }).key;
}

function sharedLength(a: string, b: string): number {
  let length = 0;
  while (length < a.length && a.charAt(length) === b.charAt(length)) length += 1;
  return length;
}

/** What is asked for, of the tables that have a column of onsets and a recording that is taken in. */
export function wantedTables(uses: TableUses, taken: ReadonlySet<string>): ImportTable[] {
  return Object.entries(uses).flatMap(([file, { sheet, mapping, recording, probe }]) => {
    if (mapping.onset === '' || !taken.has(recording) || probe.trim() === '') return [];
    return [{ file, sheet, mapping, recording, probe: probe.trim() }];
  });
}
