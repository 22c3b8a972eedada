import { useRef, useState } from 'react';
import { toNdiError } from '../../../../shared/contract/client-errors.ts';
import type { DocumentDetail } from '../../../../shared/contract/documents.ts';
import type { DocumentForm } from '../../../../shared/contract/forms.ts';
import { CopyableText } from '../../../components/elided-text.tsx';
import { client } from '../../../state/client.ts';
import { showUnwritten, useRevision } from '../../../state/edits.ts';
import { formatDate, t } from '../../../texts/translate.ts';
import { fromText, toText } from '../fields/field-text.ts';
import { faultText } from '../fields/words.ts';
import classes from '../metadata.module.css';
import { FormBody, type RecordBinding } from './form-body.tsx';
import { jumpToField, ProblemJumps } from './problem-jumps.tsx';
import {
  dependenciesOf,
  type Edit,
  entriesOfSet,
  fieldsOf,
  removalFromSet,
  type Seen,
  seenBy,
  valueOf,
} from './record-model.ts';
import { useCheck } from './use-check.ts';

interface StoredRecordProps {
  readonly path: string;
  readonly sessionId: string | undefined;
  readonly form: DocumentForm;
  readonly detail: DocumentDetail;
}

/**
 * The form of a stored document. Each change is written when its field is left, as a step that can be undone; what
 * cannot be stored yet stays in the form and says so.
 */
export function StoredRecord({ path, sessionId, form, detail }: StoredRecordProps) {
  const { document, summary } = detail;
  /** Fields that show something else than what is stored. */
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const [refused, setRefused] = useState<Readonly<Record<string, string>>>({});
  const fields = fieldsOf(form);
  const edits = fields.flatMap((field) => {
    const read = typed[field.path] === undefined ? null : fromText(typed[field.path] ?? '', field);
    return read === null || 'fault' in read ? [] : [{ kind: 'set' as const, path: field.path, value: read.value }];
  });
  const revision = useRevision(path);
  const check = useCheck(path, sessionId, [{ id: summary.id, edits }], revision);
  const root = useRef<HTMLDivElement>(null);

  const faults = fields.flatMap((field) => {
    const read = typed[field.path] === undefined ? null : fromText(typed[field.path] ?? '', field);
    return read !== null && 'fault' in read ? [{ field: field.path, message: faultText(read.fault) }] : [];
  });
  const problems = [
    ...faults.map((fault) => ({ ...fault, grade: 'blocks' as const })),
    ...check.problems.filter((problem) => !faults.some((fault) => fault.field === problem.field)),
    ...Object.entries(refused).map(([field, message]) => ({ field, message, grade: 'blocks' as const })),
  ];

  /** @param seen what was there when it was decided, for a write that is tried again */
  const write = async (changes: readonly Edit[], written: readonly string[], seen?: Seen) => {
    try {
      await client.edits.edit({
        path,
        documents: [{ id: summary.id, edits: [...changes], ...(seen === undefined ? {} : { seen }) }],
        ...(sessionId === undefined ? {} : { sessionId }),
      });
      setTyped((before) => without(before, written));
      setRefused((before) => without(before, written));
    } catch (thrown) {
      const error = toNdiError(thrown);
      if (error.code !== 'document.invalid') {
        const before = seen ?? seenBy(document, changes);
        showUnwritten(
          thrown,
          () => void write(changes, written, before),
          () => void write(changes, written),
        );
        // The form shows what is stored now, or what was typed since.
        if (error.code === 'edit.conflict') return;
      }
      const [field] = written;
      if (field !== undefined) setRefused((before) => ({ ...before, [field]: error.message }));
    }
  };
  const storedText = (path: string) => {
    const field = fields.find((one) => one.path === path);
    return field === undefined ? '' : toText(valueOf(document, path), field);
  };
  const binding: RecordBinding = {
    path,
    sessionId,
    form,
    text: (field) => typed[field] ?? storedText(field),
    notes: (field) => problems.filter((problem) => problem.field === field),
    unstored: (field) => typed[field] !== undefined && typed[field] !== storedText(field),
    type: (field, text) => {
      setTyped((before) => ({ ...before, [field]: text }));
      setRefused((before) => without(before, [field]));
    },
    done: (path, text, picked) => {
      const field = fields.find((one) => one.path === path);
      if (field === undefined) return;
      if (text === storedText(path)) {
        setTyped((before) => without(before, [path]));
        return;
      }
      setTyped((before) => ({ ...before, [path]: text }));
      const read = fromText(text, field);
      if ('fault' in read) return;
      const named = picked !== null && field.nameField !== null ? [set(field.nameField, picked.name)] : [];
      void write([set(path, read.value), ...named], [path]);
    },
    dependencies: dependenciesOf(document),
    setDependency: (name, value) => void write([{ kind: 'dependency', name, value }], [`depends_on.${name}`]),
    removeFromSet: (name, at) =>
      void write(removalFromSet(entriesOfSet(dependenciesOf(document), name), at), [`depends_on.${name}`]),
    files: detail.files.map(({ name, location }) => ({ name, location })),
    addFile: (name, location) => void write([{ kind: 'addFile', name, location }], [`files.${name}`]),
    removeFile: (name) => void write([{ kind: 'removeFile', name }], [`files.${name}`]),
  };
  return (
    <div className={classes.form} ref={root}>
      <div className={classes.facts}>
        <span>{formatDate(summary.datestamp)}</span>
        <CopyableText text={summary.id} what={t('ID')} />
        <span>{t('Each change is stored when you leave its field, and can be undone.')}</span>
      </div>
      <FormBody binding={binding} />
      <ProblemJumps problems={problems} current={check.current} onJump={(field) => jumpToField(root.current, field)} />
    </div>
  );
}

function set(path: string, value: unknown): Edit {
  return { kind: 'set', path, value };
}

function without<T>(holder: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(Object.entries(holder).filter(([name]) => !names.includes(name)));
}
