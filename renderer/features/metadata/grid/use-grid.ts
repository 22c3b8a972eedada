import { useEffect, useMemo, useRef, useState } from 'react';
import { toNdiError } from '../../../../shared/contract/client-errors.ts';
import type { DocumentForm } from '../../../../shared/contract/forms.ts';
import { client } from '../../../state/client.ts';
import { showUnwritten, useRevision } from '../../../state/edits.ts';
import { showError, showMessage } from '../../../state/messages.ts';
import { useAnswer, type Answer } from '../../../state/use-answer.ts';
import { plural, t } from '../../../texts/translate.ts';
import { fromText } from '../fields/field-text.ts';
import { faultText } from '../fields/words.ts';
import { type Edit, readDraft, type Seen, seenBy } from '../record/record-model.ts';
import { useCheck } from '../record/use-check.ts';
import { blankRow, columnsOf, draftOf, rowOf, type CellChange, type GridColumn, type GridRow } from './grid-model.ts';
import { useDependencyNames, type DependencyNames } from './use-dependency-names.ts';

/** Rows shown of what is stored; larger classes are narrowed in the document browser. */
const MOST_ROWS = 2000;

export interface CellProblem {
  readonly row: number;
  readonly key: string;
  readonly message: string;
  readonly grade: 'blocks' | 'shouldFix';
}

export interface Grid {
  readonly columns: readonly GridColumn[];
  /** Stored documents, then new rows, then one empty row. */
  readonly rows: readonly GridRow[];
  readonly total: number;
  readonly names: DependencyNames;
  readonly problems: readonly CellProblem[];
  readonly current: boolean;
  readonly newRows: number;
  readonly storing: boolean;
  readonly canTakeBack: { readonly undo: boolean; readonly redo: boolean };
  change(changes: readonly CellChange[]): void;
  takeBack(direction: 'undo' | 'redo'): void;
  store(): Promise<void>;
}

interface Place {
  readonly path: string;
  readonly sessionId: string | undefined;
}

/** New rows, and the ways back to what they were. */
interface NewRows {
  readonly rows: readonly GridRow[];
  readonly past: readonly (readonly GridRow[])[];
  readonly future: readonly (readonly GridRow[])[];
}

/** The documents of a class as rows, those that are written but not stored yet among them. */
export function useGrid({ path, sessionId }: Place, form: DocumentForm): Answer<Grid> {
  const columns = useMemo(() => columnsOf(form), [form]);
  const revision = useRevision(path);
  const place = { path, ...(sessionId === undefined ? {} : { sessionId }) };
  const answer = useAnswer(
    JSON.stringify([path, sessionId, form.class, revision]),
    (signal) => client.documents.full({ ...place, class: form.class, limit: MOST_ROWS }, { signal }),
    { keepLast: true },
  );
  const names = useDependencyNames(place, columns, revision);
  const [added, setAdded] = useState<NewRows>({ rows: [], past: [], future: [] });
  const newest = useRef(added);
  useEffect(() => {
    newest.current = added;
  }, [added]);
  /** Cells of stored documents that could not be stored, with the reason. */
  const [refused, setRefused] = useState<Readonly<Record<string, { text: string; message: string }>>>({});
  const [storing, setStoring] = useState(false);

  const documents = answer.status === 'ready' ? answer.value.documents : undefined;
  const stored = useMemo(() => (documents ?? []).map((document) => rowOf(document, columns)), [documents, columns]);
  const blank = useMemo(() => blankRow(form, columns), [form, columns]);
  const written = added.rows.filter((row) => !isBlank(row, blank));
  const drafts = written.map((row) => readDraft(form, draftOf(row, columns)));
  const check = useCheck(
    path,
    sessionId,
    drafts.map(({ document }) => document),
    revision,
  );
  if (answer.status !== 'ready') return answer;

  const rows = [...stored.map((row) => withRefused(row, refused)), ...added.rows, blank];
  const rowAt = (draft: number) => stored.length + added.rows.indexOf(written[draft] ?? blank);
  const faults = drafts.flatMap(({ faults }, draft) =>
    [...faults].map(([key, fault]) => ({
      row: rowAt(draft),
      key,
      message: faultText(fault),
      grade: 'blocks' as const,
    })),
  );
  const found = check.problems
    .filter(({ draft, field }) => written[draft] !== undefined && drafts[draft]?.faults.has(field) !== true)
    .map(({ draft, field, message, grade }) => ({ row: rowAt(draft), key: field, message, grade }));
  const ofStored = stored.flatMap((row, at) =>
    columns.flatMap(({ key }) => {
      const fault = refused[`${row.id ?? ''} ${key}`];
      return fault === undefined ? [] : [{ row: at, key, message: fault.message, grade: 'blocks' as const }];
    }),
  );

  /** @param seen what was there when it was decided, by document, for a write that is tried again */
  const changeStored = async (changes: readonly CellChange[], seen?: ReadonlyMap<string, Seen>) => {
    const byRow = Map.groupBy(changes, ({ row }) => stored[row]?.id ?? '');
    const faulty: Record<string, { text: string; message: string }> = {};
    const edited = [...byRow].flatMap(([id, cells]) => {
      const edits = cells.flatMap(({ key, text }): Edit[] => {
        const column = columns.find((one) => one.key === key);
        if (column === undefined) return [];
        if (column.kind === 'dependency') {
          return [{ kind: 'dependency' as const, name: key.slice('depends_on.'.length), value: text }];
        }
        const read = fromText(text, column.field);
        if ('value' in read) return [{ kind: 'set' as const, path: key, value: read.value }];
        faulty[`${id} ${key}`] = { text, message: faultText(read.fault) };
        return [];
      });
      const known = seen?.get(id);
      return edits.length === 0 ? [] : [{ id, edits, ...(known === undefined ? {} : { seen: known }) }];
    });
    const touched = changes.map(({ row, key }) => `${stored[row]?.id ?? ''} ${key}`);
    const keep = (more: typeof faulty) =>
      setRefused((before) => ({
        ...Object.fromEntries(Object.entries(before).filter(([cell]) => !touched.includes(cell))),
        ...more,
      }));
    keep(faulty);
    if (edited.length === 0) return;
    const title = plural(changes.length, 'Change {{count}} cell', 'Change {{count}} cells');
    try {
      await client.edits.edit({ ...place, documents: edited, title });
    } catch (thrown) {
      const error = toNdiError(thrown);
      if (error.code !== 'document.invalid') {
        const shown = (id: string) => documents?.[stored.findIndex((row) => row.id === id)] ?? {};
        const before = seen ?? new Map(edited.map(({ id, edits }) => [id, seenBy(shown(id), edits)]));
        showUnwritten(
          thrown,
          () => void changeStored(changes, before),
          () => void changeStored(changes),
        );
        // What is there now shows in the cell, not what was refused.
        if (error.code === 'edit.conflict') return;
      }
      const texts = changes.map(({ row, key, text }) => [
        `${stored[row]?.id ?? ''} ${key}`,
        { text, message: error.message },
      ]);
      keep({ ...faulty, ...(Object.fromEntries(texts) as typeof faulty) });
    }
  };

  const changeNew = (changes: readonly CellChange[]) => {
    const last = Math.max(...changes.map(({ row }) => row - stored.length));
    const next = Array.from({ length: Math.max(added.rows.length, last + 1) }, (_, at) => added.rows[at] ?? blank);
    for (const { row, key, text } of changes) {
      const at = row - stored.length;
      const old = next[at] ?? blank;
      next[at] = { id: null, cells: { ...old.cells, [key]: text } };
    }
    while (next.length > 0 && isBlank(next.at(-1) ?? blank, blank)) next.pop();
    setAdded({ rows: next, past: [...added.past, added.rows], future: [] });
  };

  const change = (changes: readonly CellChange[]) => {
    const resolved = changes.map((one) => ({ ...one, text: names.resolve(one.key, one.text) }));
    const real = resolved.filter(({ row, key, text }) => (rows[row]?.cells[key] ?? blank.cells[key]) !== text);
    const [ofStoredRows, ofNewRows] = [
      real.filter((one) => one.row < stored.length),
      real.filter((one) => one.row >= stored.length),
    ];
    if (ofStoredRows.length > 0) void changeStored(ofStoredRows);
    if (ofNewRows.length > 0) changeNew(ofNewRows);
  };

  const takeBack = (direction: 'undo' | 'redo') => {
    const [from, to] = direction === 'undo' ? [added.past, added.future] : [added.future, added.past];
    const rowsThen = from.at(-1);
    if (rowsThen === undefined) return;
    const [shorter, longer] = [from.slice(0, -1), [...to, added.rows]];
    setAdded({
      rows: rowsThen,
      past: direction === 'undo' ? shorter : longer,
      future: direction === 'undo' ? longer : shorter,
    });
  };

  const store = async () => {
    setStoring(true);
    try {
      const made = drafts.map(({ document }) => document);
      await client.edits.create({ ...place, documents: made });
      setAdded({ rows: [], past: [], future: [] });
      showMessage({
        tone: 'success',
        title: plural(made.length, 'Stored {{count}} document.', 'Stored {{count}} documents.'),
      });
    } catch (thrown) {
      // Rows that were stored or changed meanwhile are not stored as they were then.
      showError(thrown, [], () => {
        if (newest.current === added) void store();
        else showMessage({ title: t('The new rows are others by now. Store them when they are as you want them.') });
      });
    } finally {
      setStoring(false);
    }
  };

  const grid: Grid = {
    columns,
    rows,
    total: answer.value.total,
    names,
    problems: [...ofStored, ...faults, ...found],
    current: check.current,
    newRows: written.length,
    storing,
    canTakeBack: { undo: added.past.length > 0, redo: added.future.length > 0 },
    change,
    takeBack,
    store,
  };
  return { ...answer, value: grid };
}

function isBlank(row: GridRow, blank: GridRow): boolean {
  return Object.entries(row.cells).every(([key, text]) => text === (blank.cells[key] ?? ''));
}

function withRefused(row: GridRow, refused: Readonly<Record<string, { text: string }>>): GridRow {
  const cells = Object.entries(row.cells).map(([key, text]) => [key, refused[`${row.id ?? ''} ${key}`]?.text ?? text]);
  return { ...row, cells: Object.fromEntries(cells) as Record<string, string> };
}

/** What the number of stored rows says where not all are shown. */
export function cutText(shown: number, total: number): string {
  return shown >= total ? '' : t('The first {{shown}} of {{total}} documents.', { shown, total });
}
