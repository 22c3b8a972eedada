import type { Problem } from '../../../shared/contract/common.ts';
import { type ClockSpan, noTime } from '../../../shared/model/clocks.ts';
import { listOf, type NdiDocument, textOf, valueAt } from '../../../shared/model/documents.ts';
import { type ProbeMapEntry, parseProbeMap } from '../../../shared/model/epoch-probe-map.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { DaqSystem } from '../daq/daq-systems.ts';
import type { Session } from '../session.ts';
import { clockSpans } from './clock-spans.ts';
import type { EpochRow } from './epoch.ts';

/** First entry of an ingested epoch's list of files. */
const EPOCH_ID_PREFIX = 'epochid://';

/**
 * Epochs that were copied into the database: their files need not be on disk any more. Their samples lie in documents
 * of class `daqreader_mfdaq_epochdata_ingested`.
 */
export function ingestedEpochs(session: Session, system: DaqSystem): EpochRow[] {
  const entries = session.documents({
    isa: 'epochfiles_ingested',
    dependsOn: { name: 'filenavigator_id', id: system.navigator.id },
  });
  if (entries.length === 0) return [];
  const spans = ingestedClocks(session, system);
  return entries.map((entry) => {
    const document = session.read(entry);
    const field = (name: string) => valueAt(document, `epochfiles_ingested.${name}`);
    const epochId = textOf(field('epoch_id'));
    const map = mapOf(textOf(field('epochprobemap')), session.path);
    const files = listOf(field('files')).filter((file) => typeof file === 'string');
    return {
      epochId,
      device: system.name,
      files: files.filter((file) => !file.startsWith(EPOCH_ID_PREFIX)),
      clocks: spans.get(epochId) ?? [noTime],
      probeMap: map.entries,
      recordingPath: null,
      timeShift: 0,
      problems: [...map.problems, notReadable(session.path)],
    };
  });
}

function notReadable(path: string): Problem {
  const message = 'The epoch was ingested into the database; ingested samples cannot be shown yet.';
  return { grade: 'note', code: 'format.unsupported', message, paths: [path] };
}

function mapOf(text: string, path: string): { entries: ProbeMapEntry[]; problems: Problem[] } {
  try {
    return { entries: parseProbeMap(text).entries, problems: [] };
  } catch (error) {
    if (!(error instanceof NdiError)) throw error;
    return { entries: [], problems: [{ grade: 'shouldFix', code: error.code, message: error.message, paths: [path] }] };
  }
}

/** Clocks by epoch id, from the documents that hold the ingested samples. */
function ingestedClocks(session: Session, system: DaqSystem): Map<string, ClockSpan[]> {
  const entries = session.documents({
    isa: 'daqreader_epochdata_ingested',
    dependsOn: { name: 'daqreader_id', id: system.readerId },
  });
  return new Map(
    entries.map((entry) => {
      const document = session.read(entry);
      return [textOf(valueAt(document, 'epochid.epochid')), storedClocks(document)];
    }),
  );
}

function storedClocks(document: NdiDocument): ClockSpan[] {
  const table = 'daqreader_epochdata_ingested.epochtable';
  return clockSpans(valueAt(document, `${table}.epochclock`), valueAt(document, `${table}.t0_t1`), 'rows');
}
