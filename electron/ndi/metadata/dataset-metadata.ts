import { type DatasetMetadata, emptyMetadata } from '../../../shared/model/dataset-metadata.ts';
import {
  documentDatestamp,
  documentId,
  type NdiDocument,
  objectOf,
  valueAt,
  withValues,
} from '../../../shared/model/documents.ts';
import type { JsonObject } from '../../../shared/model/document-json.ts';
import type { DocumentChange } from '../database/change.ts';
import type { Dataset } from '../dataset.ts';
import { newDocument } from '../documents/build.ts';
import type { Session } from '../session.ts';
import { fromStructure, toStructure } from './editor-structure.ts';
import { fromOpenminds } from '../openminds/read-dataset.ts';

export interface DescribedDataset {
  readonly metadata: DatasetMetadata;
  /** Where it was found: the editor's document, else openMINDS documents, else nowhere. */
  readonly source: 'metadata_editor' | 'openminds' | 'none';
}

const EDITOR = 'metadata_editor';

/** What describes a dataset (or a session by itself), as NDI's metadata editor or its openMINDS documents say it. */
export function readDatasetMetadata(holder: Dataset | Session): DescribedDataset {
  const [editor] = editorDocuments(holder);
  const structure = editor === undefined ? null : structureOf(editor);
  if (structure !== null) return { metadata: fromStructure(structure), source: 'metadata_editor' };
  const documents = holder.documents({ class: 'openminds' }).map(({ id }) => holder.document(id));
  const byId = new Map(documents.map((document) => [documentId(document), document]));
  const metadata = fromOpenminds(documents, (id) => byId.get(id) ?? null);
  return metadata === null ? { metadata: emptyMetadata, source: 'none' } : { metadata, source: 'openminds' };
}

/** The change of documents that stores a description: one editor's document in place of those that there are. */
export function metadataChange(holder: Dataset | Session, metadata: DatasetMetadata): DocumentChange {
  const [editor, ...others] = editorDocuments(holder);
  const structure = toStructure(metadata, (editor === undefined ? null : structureOf(editor)) ?? {});
  const values = { 'metadata_editor.metadata_structure': structure };
  if (editor === undefined) return { add: [newDocument(EDITOR, values)] };
  return {
    replace: [{ id: documentId(editor), edit: (stored) => withValues(stored, values) }],
    remove: others.map(documentId),
  };
}

/** The newest first: NDI keeps one, but a merge of two copies may leave more. */
function editorDocuments(holder: Dataset | Session): NdiDocument[] {
  const found = holder.documents({ class: EDITOR }).map(({ id }) => holder.document(id));
  return found.sort((a, b) => (documentDatestamp(a) < documentDatestamp(b) ? 1 : -1));
}

function structureOf(editor: NdiDocument): JsonObject | null {
  const held = valueAt(editor, 'metadata_editor.metadata_structure');
  return objectOf(Array.isArray(held) && held.length === 1 ? held[0] : held);
}
