import { useMemo } from 'react';
import type { DocumentSummary } from '../../../../shared/contract/documents.ts';
import { client } from '../../../state/client.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import type { Place } from '../../../state/place.ts';
import type { GridColumn } from './grid-model.ts';

/** Names of the documents that the cells of a table may depend on. */
export interface DependencyNames {
  /** What a cell shows: the name of the document, or the text itself. */
  nameOf(key: string, text: string): string;
  /** The id that a name means, where it means one document only; else the text itself. */
  resolve(key: string, text: string): string;
}

const MOST_NAMES = 5000;

/** Documents by their names, for all columns that hold dependencies. */
export function useDependencyNames(place: Place, columns: readonly GridColumn[], revision: number): DependencyNames {
  const wanted = [
    ...new Set(columns.flatMap((one) => (one.kind === 'dependency' && one.class !== null ? [one.class] : []))),
  ];
  const answer = useAnswer(
    JSON.stringify([place, wanted, revision]),
    async (signal) => {
      const lists = wanted.map((name) => client.documents.list({ ...place, isa: name, limit: MOST_NAMES }, { signal }));
      return (await Promise.all(lists)).flatMap(({ documents }) => documents);
    },
    { keepLast: true },
  );
  const documents = answer.status === 'ready' ? answer.value : none;
  return useMemo(() => namesOf(columns, documents), [columns, documents]);
}

const none: readonly DocumentSummary[] = [];

function namesOf(columns: readonly GridColumn[], documents: readonly DocumentSummary[]): DependencyNames {
  const byId = new Map(documents.map(({ id, name }) => [id, name]));
  const byName = Map.groupBy(documents, ({ name }) => name.toLowerCase());
  const isDependency = new Set(columns.flatMap(({ kind, key }) => (kind === 'dependency' ? [key] : [])));
  return {
    nameOf: (key, text) => (isDependency.has(key) ? byId.get(text) || text : text),
    resolve: (key, text) => {
      if (!isDependency.has(key) || text === '' || byId.has(text.trim())) return text;
      const [only, ...others] = byName.get(text.trim().toLowerCase()) ?? [];
      return only !== undefined && others.length === 0 ? only.id : text.trim();
    },
  };
}
