import { type Dependency, documentClass, type NdiDocument, textOf, valueAt } from '../../../shared/model/documents.ts';
import { INGESTED_TWICE } from '../epochs/ingested.ts';
import { METADATA_CLASS } from '../epochs/ingested-documents.ts';
import type { CheckContext } from './findings.ts';

/** Classes of which NDI needs exactly one an epoch, and by which dependency: of a navigator, reader or metadata reader. */
const ONE_AN_EPOCH = new Map([
  ['epochfiles_ingested', 'filenavigator_id'],
  ['daqreader_mfdaq_epochdata_ingested', 'daqreader_id'],
  ['daqreader_image_epochdata_ingested', 'daqreader_id'],
  [METADATA_CLASS, 'daqmetadatareader_id'],
]);

/** The epoch that an ingested document holds; empty for others. */
export function ingestedEpochOf(document: NdiDocument): string {
  if (!ONE_AN_EPOCH.has(documentClass(document))) return '';
  return textOf(valueAt(document, 'epochfiles_ingested.epoch_id') ?? valueAt(document, 'epochid.epochid'));
}

interface IngestedDocument {
  readonly id: string;
  readonly class: string;
  readonly epochId: string;
  readonly sessionId: string;
  readonly dependencies: readonly Dependency[];
}

/** Epochs that were ingested twice: NDI refuses to read them (reference, sections 3.7 and 9.1). */
export function checkIngested({ add }: CheckContext, documents: readonly IngestedDocument[]): void {
  const seen = new Map<string, string>();
  for (const { id, class: className, epochId, sessionId, dependencies } of documents) {
    const of = dependencies.find(({ name }) => name === ONE_AN_EPOCH.get(className))?.value;
    if (epochId === '' || of === undefined) continue;
    const key = [className.replace(/_(mfdaq|image)_/, '_'), epochId, sessionId, of].join('\n');
    const first = seen.get(key);
    if (first === undefined) seen.set(key, id);
    else {
      add({
        code: INGESTED_TWICE,
        grade: 'shouldFix',
        message: `The epoch ${epochId} has two documents of class ${className}, ${first} and ${id}: NDI needs exactly one and refuses to read it.`,
        id,
        fix: null,
      });
    }
  }
}
