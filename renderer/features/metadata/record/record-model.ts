import type { CallInputs } from '../../../../shared/contract/contract.ts';
import type { DocumentBody } from '../../../../shared/contract/documents.ts';
import type { DocumentForm, FormField } from '../../../../shared/contract/forms.ts';
import { fromText, toText, type FieldFault } from '../fields/field-text.ts';

/** A file of a document that is being written: its name in the document, and where it is now. */
export interface DraftFile {
  readonly name: string;
  readonly location: string;
}

/** What stands in the form of a new document. */
export interface Draft {
  readonly texts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly files: readonly DraftFile[];
}

/** Fields of `base` that people write; the rest is NDI's. */
export const WRITTEN_BASE = ['base.name'];

export function fieldsOf(form: DocumentForm): FormField[] {
  return form.groups.flatMap((group) =>
    group.name === 'base' ? group.fields.filter((field) => WRITTEN_BASE.includes(field.path)) : group.fields,
  );
}

export function blankDraft(form: DocumentForm): Draft {
  return {
    texts: Object.fromEntries(fieldsOf(form).map((field) => [field.path, toText(field.default, field)])),
    dependencies: Object.fromEntries(form.dependencies.filter(({ many }) => !many).map(({ name }) => [name, ''])),
    files: [],
  };
}

/** A draft that begins with what a stored document holds; its files stay with the old one. */
export function draftLike(form: DocumentForm, document: DocumentBody): Draft {
  return {
    texts: Object.fromEntries(
      fieldsOf(form).map((field) => [field.path, toText(valueOf(document, field.path), field)]),
    ),
    dependencies: Object.fromEntries(dependenciesOf(document).map(({ name, value }) => [name, value])),
    files: [],
  };
}

export function dependenciesOf(document: DocumentBody): { name: string; value: string }[] {
  const list = document['depends_on'];
  return (Array.isArray(list) ? list : []) as { name: string; value: string }[];
}

/** Value at a dotted path; a list of one object is looked through. */
export function valueOf(document: DocumentBody, path: string): unknown {
  return path.split('.').reduce<unknown>((holder, name) => {
    const inner = Array.isArray(holder) && holder.length === 1 ? (holder as unknown[])[0] : holder;
    return typeof inner === 'object' && inner !== null ? (inner as Record<string, unknown>)[name] : undefined;
  }, document);
}

export type Edit = CallInputs['edits']['edit']['documents'][number]['edits'][number];
export type Seen = { readonly path: string; readonly value: unknown }[];

/** What the places that edits would change hold in the document as it was seen. */
export function seenBy(document: DocumentBody, edits: readonly Edit[]): Seen {
  return edits.flatMap((edit): Seen => {
    if (edit.kind === 'set' || edit.kind === 'unset') {
      return [{ path: edit.path, value: valueOf(document, edit.path) ?? null }];
    }
    if (edit.kind !== 'dependency') return [];
    const value = dependenciesOf(document).find((one) => one.name === edit.name)?.value ?? null;
    return [{ path: `depends_on.${edit.name}`, value }];
  });
}

interface NewDocument {
  readonly class: string;
  readonly values: Record<string, unknown>;
  readonly dependencies: Record<string, string>;
  readonly files: DraftFile[];
}

/**
 * The document that a draft describes: each property list whole, with exactly the fields that its schema demands, and
 * the fields whose texts are no values.
 */
export function readDraft(
  form: DocumentForm,
  draft: Draft,
): { document: NewDocument; faults: Map<string, FieldFault> } {
  const faults = new Map<string, FieldFault>();
  const values: Record<string, unknown> = {};
  for (const group of form.groups) {
    const entries = group.fields.map((field) => {
      const read = fromText(draft.texts[field.path] ?? '', field);
      if ('fault' in read) faults.set(field.path, read.fault);
      return [field.name, 'fault' in read ? '' : read.value] as const;
    });
    if (group.name === 'base') values['base.name'] = Object.fromEntries(entries)['name'];
    else if (entries.length > 0)
      values[group.name] = group.list ? [Object.fromEntries(entries)] : Object.fromEntries(entries);
  }
  if (values['base.name'] === '') values['base.name'] = naturalName(form, draft);
  const dependencies = Object.fromEntries(Object.entries(draft.dependencies).filter(([, value]) => value !== ''));
  // A set without members still has to be there: NDI writes one empty entry.
  for (const { name, many } of form.dependencies) {
    if (
      many &&
      entriesOfSet(
        Object.keys(dependencies).map((one) => ({ name: one })),
        name,
      ).length === 0
    ) {
      dependencies[name] = '';
    }
  }
  return { document: { class: form.class, values, dependencies, files: [...draft.files] }, faults };
}

/** NDI names a subject's document by its local identifier. */
function naturalName(form: DocumentForm, draft: Draft): string {
  return form.class === 'subject' ? (draft.texts['subject.local_identifier'] ?? '').trim() : '';
}

/** Whether anything was written into a draft. */
export function isTouched(draft: Draft, blank: Draft): boolean {
  return JSON.stringify(draft) !== JSON.stringify(blank);
}

/**
 * Changes that take one of a numbered set of dependencies away: the later ones move down, as NDI does it.
 * @param names the set in its order: `name_1`, `name_2` …
 */
export function removalFromSet(
  entries: readonly { readonly name: string; readonly value: string }[],
  at: number,
): { kind: 'dependency'; name: string; value: string | null }[] {
  const edits = entries.slice(at).map(({ name }, offset) => ({
    kind: 'dependency' as const,
    name,
    value: entries[at + offset + 1]?.value ?? null,
  }));
  return edits;
}

/** The entries of a numbered set, in the order of their numbers. */
export function entriesOfSet<T extends { readonly name: string }>(entries: readonly T[], set: string): T[] {
  const number = (name: string) => Number(new RegExp(`^${set}(?:_(\\d+))?$`, 'i').exec(name)?.[1] ?? 0);
  return entries
    .filter(({ name }) => new RegExp(`^${set}(_\\d+)?$`, 'i').test(name))
    .sort((a, b) => number(a.name) - number(b.name));
}

export function nextOfSet(entries: readonly { readonly name: string }[], set: string): string {
  const numbers = entriesOfSet(entries, set).map(({ name }) => Number(/_(\d+)$/.exec(name)?.[1] ?? 0));
  return `${set}_${Math.max(0, ...numbers) + 1}`;
}
