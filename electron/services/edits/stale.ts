import type { CallInputs } from '../../../shared/contract/contract.ts';
import { type JsonValue, toPlainJson } from '../../../shared/model/document-json.ts';
import { dependencies, documentId, type NdiDocument, valueAt } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { History } from './history.ts';

type Seen = NonNullable<CallInputs['edits']['edit']['documents'][number]['seen']>;

const LONGEST_VALUE = 80;

/**
 * Refuses a change that was decided upon something else than what is stored: an old “Try again” must not undo what was
 * written since. @throws NdiError edit.conflict
 */
export function refuseUnseen(stored: NdiDocument, seen: Seen): void {
  for (const { path, value } of seen) {
    const now = placeOf(stored, path);
    if (JSON.stringify(now) === JSON.stringify(value ?? null)) continue;
    const text = JSON.stringify(now);
    const short = text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
    throw new NdiError({
      code: 'edit.conflict',
      message: `${path} holds something else by now: ${short}.`,
      recovery: 'Look at what is there; write yours over it only if you mean to. Nothing was changed.',
      details: { id: documentId(stored), path },
    });
  }
}

function placeOf(document: NdiDocument, path: string): JsonValue {
  const [group, name] = path.split('.');
  if (group === 'depends_on') return dependencies(document).find((one) => one.name === name)?.value ?? null;
  return toPlainJson(valueAt(document, path) ?? null);
}

/** A step that was named is not the one that would be undone or done again. */
export function notTheNext(direction: 'undo' | 'redo', history: History, meant: string): NdiError {
  const { steps, [direction]: next } = history.summary();
  const title = steps.find(({ id }) => id === meant)?.title ?? 'The action';
  return new NdiError({
    code: 'edit.conflict',
    message: `“${title}” is not the next to ${direction} any more: that is “${next?.title ?? ''}”.`,
    recovery: 'The history shows what was done since, and leads back to any step. Nothing was changed.',
    details: { path: history.path },
  });
}
