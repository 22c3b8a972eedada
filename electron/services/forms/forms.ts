import type { CallInputs, CallOutputs } from '../../../shared/contract/contract.ts';
import type { DraftProblem } from '../../../shared/contract/forms.ts';
import { applyEdits } from '../../../shared/model/document-edits.ts';
import { documentId, type NdiDocument, textOf, valueAt } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { findBreaches } from '../../ndi/documents/check.ts';
import { receiveEdits, receiveNew } from '../edits/receive.ts';
import { type EditTarget, findTarget } from '../edits/target.ts';
import type { OpenItems } from '../open-items.ts';
import { adviceOn } from './advice.ts';
import { familyOf, isCommon, orderedClasses } from './families.ts';
import { formOf, helpOfClass, obstacleOf } from './form-of.ts';

type Inputs = CallInputs['forms'];
type Outputs = CallOutputs['forms'];
type Draft = Inputs['check']['drafts'][number];

/** Forms made from the schemas of the document types, and what is wrong with what is written into them. */
export class FormsService {
  readonly #items: OpenItems;

  constructor(items: OpenItems) {
    this.#items = items;
  }

  classes(): Outputs['classes'] {
    return orderedClasses().map((name) => ({
      class: name,
      family: familyOf(name),
      help: helpOfClass(name),
      common: isCommon(name),
      obstacle: obstacleOf(name),
    }));
  }

  /** @throws NdiError document.invalid for an unknown class */
  form(request: Inputs['form']): Outputs['form'] {
    return formOf(request.class);
  }

  /** @throws NdiError session.notFound, document.notFound, database.*, path.* */
  check(request: Inputs['check']): Outputs['check'] {
    const target = findTarget(this.#items, request);
    const entries = target.holder.documents();
    const known = new Set(entries.map((entry) => entry.id));
    const subjects = subjectsOf(target);
    const problems: DraftProblem[] = [];
    request.drafts.forEach((draft, at) => {
      const built = build(draft, target);
      if ('problem' in built) {
        problems.push({ draft: at, ...built.problem, grade: 'blocks' });
        return;
      }
      const { document } = built;
      const stored = new Set(target.holder.files(document).flatMap((file) => (file.path === null ? [] : [file.uid])));
      const breaches = findBreaches(document, {
        exists: (id) => known.has(id),
        hasFile: (_document, _name, location) => stored.has(location.uid),
      });
      for (const { field, rule } of breaches) problems.push({ draft: at, field, message: rule, grade: 'blocks' });
      for (const advice of adviceOn(document, subjects)) problems.push({ draft: at, ...advice, grade: 'shouldFix' });
      remember(subjects, document);
    });
    return problems;
  }
}

type Built = { readonly document: NdiDocument } | { readonly problem: { field: string; message: string } };

/** What cannot even be made is a problem of the draft, not of the call. */
function build(draft: Draft, target: EditTarget): Built {
  try {
    if ('class' in draft) return { document: receiveNew(draft) };
    return { document: applyEdits(target.holder.document(draft.id), receiveEdits(draft.edits)) };
  } catch (error) {
    if (!(error instanceof NdiError) || error.code === 'document.notFound') throw error;
    const { field } = error.details;
    return { problem: { field: typeof field === 'string' ? field : '', message: error.message } };
  }
}

function subjectsOf(target: EditTarget): Map<string, string> {
  const subjects = new Map<string, string>();
  for (const entry of target.holder.documents({ class: 'subject' })) {
    remember(subjects, target.holder.document(entry.id));
  }
  return subjects;
}

/** Subjects of one batch must not share a name either; the first of a name has it. */
function remember(subjects: Map<string, string>, document: NdiDocument): void {
  const identifier = textOf(valueAt(document, 'subject.local_identifier'));
  if (identifier !== '' && !subjects.has(identifier)) {
    subjects.set(identifier, documentId(document));
  }
}
