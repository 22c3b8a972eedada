import { basename } from 'node:path';
import type { ImportTable } from '../../../shared/contract/import-choices.ts';
import type { Created } from '../../../shared/contract/imports.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { chooseTable, readTableFile } from '../../ndi/event-tables/read-table.ts';
import { tablePresentations } from '../../ndi/stimuli/event-table.ts';
import type { Services } from '../services.ts';

/** Where a recording has come to lie: session, DAQ system and id of the epoch. */
export interface PlacedRecording {
  readonly path: string;
  readonly device: string;
  readonly epoch: string;
}

/**
 * Reads tables of trials before anything is written.
 * @throws NdiError format.*, path.*, usage.invalid
 */
export async function checkTables(tables: readonly ImportTable[]): Promise<void> {
  for (const { file, sheet, mapping } of tables) {
    tablePresentations(file, chooseTable(file, await readTableFile(file), sheet), mapping);
  }
}

/**
 * Keeps tables of trials as stimuli of the sessions that were made.
 * @returns the session or dataset as it is then
 * @throws NdiError epoch.notFound for a recording that is in no session, and as `stimuli.importTable`
 */
export async function takeTables(
  services: Services,
  made: Created,
  recordings: ReadonlyMap<string, PlacedRecording>,
  tables: readonly ImportTable[],
  signal: AbortSignal,
): Promise<Created> {
  for (const table of tables) await takeTable(services, recordings, table, signal);
  return tables.length === 0 ? made : asItIs(services, made);
}

/**
 * Keeps one table of trials as stimuli: one step of the history.
 * @throws NdiError as `takeTables`
 */
export async function takeTable(
  services: Services,
  recordings: ReadonlyMap<string, PlacedRecording>,
  { recording, ...table }: ImportTable,
  signal: AbortSignal,
): Promise<void> {
  const place = recordings.get(recording);
  if (place === undefined) throw noRecording(recording, table.file);
  await services.stimuli.importTable({ ...table, ...place }, signal);
}

async function asItIs(services: Services, made: Created): Promise<Created> {
  const info = await services.items.info(made.path);
  return info.kind === 'session' || info.kind === 'dataset' ? info : made;
}

/** With the samples in the databases too. What could not be taken in can be later: the sessions stay. */
export async function ingested(services: Services, made: Created, signal: AbortSignal): Promise<Created> {
  const folders = made.kind === 'session' ? [made.path] : made.sessions.map(({ path }) => path);
  const failures: string[] = [];
  for (const path of folders) {
    try {
      const { failed } = await services.ingest.ingest({ path }, signal);
      failures.push(...failed.map(({ device, epochId, reason }) => `${device} ${epochId}: ${reason}`));
    } catch (error) {
      if (!(error instanceof NdiError)) throw error;
      failures.push(`${basename(path)}: ${error.message}`);
    }
  }
  const after = await asItIs(services, made);
  const problems = failures.map((failure) => ({
    ...{ grade: 'shouldFix' as const, code: 'session.notIngested', paths: [made.path] },
    message: `Its samples are not in the session yet; “Take the recordings into the session” goes on. ${failure}`,
  }));
  return { ...after, problems: [...after.problems, ...problems] };
}

function noRecording(key: string, table: string): NdiError {
  return new NdiError({
    code: 'epoch.notFound',
    message: `${basename(table)} is to be kept with the recording ${key}, which is in no session.`,
    recovery: 'Choose another recording for it, or leave the table out. Nothing was written.',
    details: { recording: key, path: table },
  });
}
