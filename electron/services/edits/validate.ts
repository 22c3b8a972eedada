import type { CallOutputs } from '../../../shared/contract/contract.ts';
import { documentClass, documentId, documentName, type NdiDocument } from '../../../shared/model/documents.ts';
import { type Breach, findBreaches } from '../../ndi/documents/check.ts';
import type { EditTarget } from './target.ts';

/** Checks stored documents against the rules of their types. */
export function validate(target: EditTarget, ids: readonly string[] | undefined): CallOutputs['edits']['validate'] {
  const { holder, sessionId } = target;
  const all = holder.documents();
  const known = new Set(all.map((entry) => entry.id));
  const chosen =
    ids ?? all.filter((one) => sessionId === undefined || one.sessionId === sessionId).map((one) => one.id);
  const problems = chosen.flatMap((id) => {
    const document = holder.document(id);
    const stored = new Set(holder.files(document).flatMap((file) => (file.path === null ? [] : [file.uid])));
    const breaches = findBreaches(document, {
      exists: (other) => known.has(other),
      hasFile: (_document, _name, location) => stored.has(location.uid),
    });
    return breaches.map((breach) => problemOf(document, breach));
  });
  const unreadable = ids === undefined ? holder.problems().map(unreadableProblem) : [];
  const found = [...problems, ...unreadable];
  return { ok: found.length === 0, documents: chosen.length, problems: found };
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
