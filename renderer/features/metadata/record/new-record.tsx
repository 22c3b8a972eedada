import { Button, Tooltip } from '@mantine/core';
import { useMemo, useRef, useState } from 'react';
import { toNdiError } from '../../../../shared/contract/client-errors.ts';
import type { DocumentBody } from '../../../../shared/contract/documents.ts';
import type { DocumentForm } from '../../../../shared/contract/forms.ts';
import type { NdiError } from '../../../../shared/model/errors.ts';
import { ErrorState } from '../../../components/error-state.tsx';
import { forgetViewState } from '../../../state/cache/database.ts';
import { useViewState } from '../../../state/cache/use-view-state.ts';
import { client } from '../../../state/client.ts';
import { useCommand } from '../../../state/commands.ts';
import { useRevision } from '../../../state/edits.ts';
import { showMessage } from '../../../state/messages.ts';
import { closePanel, openPanel, usePanel } from '../../../state/panels.ts';
import { useShortcutLabel } from '../../../state/shortcuts.ts';
import { t } from '../../../texts/translate.ts';
import { faultText } from '../fields/words.ts';
import classes from '../metadata.module.css';
import { FormBody, type RecordBinding } from './form-body.tsx';
import { jumpToField, ProblemJumps } from './problem-jumps.tsx';
import {
  blankDraft,
  draftLike,
  entriesOfSet,
  isTouched,
  readDraft,
  removalFromSet,
  type Draft,
} from './record-model.ts';
import { useCheck } from './use-check.ts';

interface NewRecordProps {
  readonly path: string;
  readonly sessionId: string | undefined;
  readonly form: DocumentForm;
  /** The document that the new one begins like. */
  readonly like: DocumentBody | null;
}

const DRAFT_VERSION = 1;

/** The form of a new document. What is written stays, also over a restart, until it is stored or discarded. */
export function NewRecord({ path, sessionId, form, like }: NewRecordProps) {
  const start = useMemo(() => (like === null ? blankDraft(form) : draftLike(form, like)), [form, like]);
  const key = `draft:${path}:${sessionId ?? ''}:${form.class}`;
  const [kept, setDraft] = useViewState<Draft>(key, DRAFT_VERSION, start, (value) =>
    like === null ? soundDraft(value, start) : undefined,
  );
  const draft = kept;
  const { document, faults } = readDraft(form, draft);
  const revision = useRevision(path);
  const check = useCheck(path, sessionId, [document], revision);
  const problems = [
    ...[...faults].map(([field, fault]) => ({ field, message: faultText(fault), grade: 'blocks' as const })),
    ...check.problems.filter((problem) => !faults.has(problem.field)),
  ];
  const blocked = problems.some((problem) => problem.grade === 'blocks');
  // A form that nobody has touched is not scolded field by field; the list below says what is needed.
  const touched = isTouched(draft, start);
  const root = useRef<HTMLDivElement>(null);
  const { storing, error, store } = useStore(path, sessionId, document, key);
  const submit = () => {
    const [first] = problems.filter((problem) => problem.grade === 'blocks');
    if (first !== undefined) jumpToField(root.current, first.field);
    else if (!storing) void store();
  };
  useCommand('metadata.store', submit);
  const shortcut = useShortcutLabel('metadata.store');

  const setText = (field: string, text: string) => setDraft({ ...draft, texts: { ...draft.texts, [field]: text } });
  const binding: RecordBinding = {
    path,
    sessionId,
    form,
    text: (field) => draft.texts[field] ?? '',
    notes: (field) => (touched ? problems.filter((problem) => problem.field === field) : []),
    unstored: () => false,
    type: setText,
    done: (field, text, picked) => {
      const nameField = form.groups.flatMap((group) => group.fields).find((one) => one.path === field)?.nameField;
      if (picked === null || nameField === null || nameField === undefined) {
        if (text !== draft.texts[field]) setText(field, text);
      } else {
        setDraft({ ...draft, texts: { ...draft.texts, [field]: text, [nameField]: picked.name } });
      }
    },
    dependencies: Object.entries(draft.dependencies).map(([name, value]) => ({ name, value })),
    setDependency: (name, value) => setDraft({ ...draft, dependencies: { ...draft.dependencies, [name]: value } }),
    removeFromSet: (set, at) => {
      const entries = entriesOfSet(
        Object.entries(draft.dependencies).map(([name, value]) => ({ name, value })),
        set,
      );
      const next = { ...draft.dependencies };
      for (const { name, value } of removalFromSet(entries, at)) {
        if (value === null) Reflect.deleteProperty(next, name);
        else next[name] = value;
      }
      setDraft({ ...draft, dependencies: next });
    },
    files: draft.files,
    addFile: (name, location) => setDraft({ ...draft, files: [...draft.files, { name, location }] }),
    removeFile: (name) => setDraft({ ...draft, files: draft.files.filter((file) => file.name !== name) }),
  };
  return (
    <div className={classes.form} ref={root}>
      {form.help !== '' && <p className={classes.about}>{form.help}</p>}
      {form.obstacle !== '' && <p className={classes.blocks}>{form.obstacle}</p>}
      <FormBody binding={binding} />
      <ProblemJumps problems={problems} current={check.current} onJump={(field) => jumpToField(root.current, field)} />
      {error !== null && <ErrorState error={error} inline onRetry={submit} />}
      <div className={classes.actions}>
        <Tooltip label={blocked ? t('Go to the first field that needs something') : shortcut}>
          <Button variant="filled" loading={storing} onClick={submit} aria-keyshortcuts={shortcut}>
            {t('Store the document')}
          </Button>
        </Tooltip>
        <Button variant="default" disabled={!touched} onClick={() => setDraft(blankDraft(form))}>
          {t('Empty the form')}
        </Button>
      </div>
    </div>
  );
}

/** A kept draft of the same fields. */
function soundDraft(kept: unknown, start: Draft): Draft | undefined {
  const draft = kept as Partial<Draft> | null;
  if (typeof draft !== 'object' || draft === null) return undefined;
  const { texts, dependencies, files } = draft;
  if (typeof texts !== 'object' || typeof dependencies !== 'object' || !Array.isArray(files)) return undefined;
  return { texts: { ...start.texts, ...texts }, dependencies: { ...start.dependencies, ...dependencies }, files };
}

type NewDocument = ReturnType<typeof readDraft>['document'];

function useStore(path: string, sessionId: string | undefined, document: NewDocument, key: string) {
  const panel = usePanel();
  const [storing, setStoring] = useState(false);
  const [error, setError] = useState<NdiError | null>(null);
  const store = async () => {
    setStoring(true);
    setError(null);
    const place = { path, ...(sessionId === undefined ? {} : { sessionId }) };
    try {
      const { ids } = await client.edits.create({ ...place, documents: [document] });
      await forgetViewState(key);
      showMessage({
        tone: 'success',
        title: t('Stored the {{class}}.', { class: document.class }),
        actions: [{ label: t('Make another'), run: () => openPanel('record', { ...place, class: document.class }) }],
      });
      const [id] = ids;
      if (panel !== null) closePanel(panel.id);
      if (id !== undefined) openPanel('record', { ...place, id });
    } catch (thrown) {
      setError(toNdiError(thrown));
    } finally {
      setStoring(false);
    }
  };
  return { storing, error, store };
}
