import { setImmediate } from 'node:timers/promises';
import type { CallOutputs } from '../../../shared/contract/contract.ts';
import { documentClass, documentId, documentName, type NdiDocument } from '../../../shared/model/documents.ts';
import { type Breach, findBreaches } from '../../ndi/documents/check.ts';
import type { EditTarget } from './target.ts';

/** Documents between two looks at the clock. */
const AT_A_TIME = 200;
/** A session may break a rule as many times as it has documents: more of them say nothing new. */
const LISTED = 2000;

export interface ValidateOptions {
  /** Ids of documents; all where it is left out. */
  readonly ids?: readonly string[] | undefined;
  readonly signal: AbortSignal;
  readonly report: (fraction: number, detail: string) => void;
}

/**
 * Checks stored documents against the rules of their types.
 * @throws NdiError document.notFound, database.*, path.*; an AbortError where it is cancelled
 */
export async function validate(
  { holder, sessionId }: EditTarget,
  { ids, signal, report }: ValidateOptions,
): Promise<CallOutputs['edits']['validate']> {
  const all = holder.documents();
  const known = new Set(all.map((entry) => entry.id));
  const chosen =
    ids ?? all.filter((one) => sessionId === undefined || one.sessionId === sessionId).map((one) => one.id);
  const problems: Problem[] = ids === undefined ? holder.problems().map(unreadableProblem) : [];
  let found = problems.length;
  for (const [at, id] of chosen.entries()) {
    if (at % AT_A_TIME === 0) {
      signal.throwIfAborted();
      report(at / chosen.length, `${at} of ${chosen.length} documents`);
      await setImmediate();
    }
    const document = holder.document(id);
    const stored = new Set(holder.files(document).flatMap((file) => (file.path === null ? [] : [file.uid])));
    const breaches = findBreaches(document, {
      exists: (other) => known.has(other),
      hasFile: (_document, _name, location) => stored.has(location.uid),
    });
    found += breaches.length;
    if (problems.length < LISTED) problems.push(...breaches.map((breach) => problemOf(document, breach)));
  }
  return { ok: found === 0, documents: chosen.length, problems, found };
}

type Problem = CallOutputs['edits']['validate']['problems'][number];

function problemOf(document: NdiDocument, breach: Breach): Problem {
  const [id, className, name] = [documentId(document), documentClass(document), documentName(document)];
  return {
    code: breach.code ?? 'document.invalid',
    message: `The ${className} document ${name === '' ? id : `"${name}"`}: ${breach.field}: ${breach.rule}.`,
    id,
    fix: `Correct ${breach.field}.`,
    class: className,
    name,
    field: breach.field,
    rule: breach.rule,
    value: breach.value.slice(0, 1000),
  };
}

function unreadableProblem(problem: { code: string; message: string }): Problem {
  const id = /Document (\S+) is left out/.exec(problem.message)?.[1] ?? '';
  const fix = 'Restore the document from a copy, or remove it.';
  return { ...problem, id, fix, class: '', name: '', field: '', rule: 'its JSON must be readable', value: '' };
}
