import { refuse } from '../answers.ts';
import type { Cloud } from '../cloud.ts';

type Json = Record<string, unknown>;

/** Keeps a document. Nothing refuses a second one with the same ndiId, unless the setting says so. @throws Refused */
export function addDocument(cloud: Cloud, datasetId: string, document: Json): string {
  const { ndiId, name, className } = headOf(document);
  if (cloud.settings.refuseDuplicates && ndiId !== '') {
    const there = cloud.db.get('SELECT id FROM documents WHERE dataset_id = ? AND ndi_id = ?', datasetId, ndiId);
    if (there !== undefined) throw refuse.message(409, `A document with the id ${ndiId} exists`);
  }
  const id = cloud.newId();
  cloud.db.run(
    'INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)',
    ...[id, datasetId, ndiId, name, className, JSON.stringify(document), cloud.visibleAt()],
  );
  return id;
}

export function replaceDocument(cloud: Cloud, id: string, document: Json): void {
  const { ndiId, name, className } = headOf(document);
  const values = [ndiId, name, className, JSON.stringify(document), id];
  cloud.db.run('UPDATE documents SET ndi_id = ?, name = ?, class_name = ?, body = ? WHERE id = ?', ...values);
}

function headOf(document: Json): { ndiId: string; name: string; className: string } {
  const base = (document['base'] ?? {}) as Json;
  const { class_name: className } = (document['document_class'] ?? {}) as Json;
  const text = (value: unknown) => (typeof value === 'string' ? value : '');
  return { ndiId: text(base['id']), name: text(base['name']), className: text(className) };
}

/** The bare tokens of MATLAB and Python become the strings that the service keeps. @throws SyntaxError */
export function parseNdiJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const legal = text.replace(/"(?:[^"\\]|\\.)*"|-?\bInfinity\b|\bNaN\b/gs, (found) =>
      found.startsWith('"') ? found : `"__NDI__${found}__"`,
    );
    return JSON.parse(legal);
  }
}

/** Uids of the files that a document names. */
export function fileUidsOf(document: Json, series: string | null): string[] {
  const { file_info: info } = (document['files'] ?? {}) as { file_info?: unknown };
  const named = (Array.isArray(info) ? info : info === undefined ? [] : [info]) as {
    name?: string;
    locations?: unknown;
  }[];
  return named
    .filter(({ name = '' }) => series === null || name.replace(/_\d+$/, '') === series)
    .flatMap(
      ({ locations }) => (Array.isArray(locations) ? locations : [locations]) as ({ uid?: string } | undefined)[],
    )
    .flatMap((location) => location?.uid ?? [])
    .sort();
}
