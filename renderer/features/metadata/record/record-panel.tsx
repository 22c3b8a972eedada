import { Button } from '@mantine/core';
import { IconCopy, IconFileSearch } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { NdiError } from '../../../../shared/model/errors.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { Toolbar, ToolbarSpace } from '../../../components/toolbar.tsx';
import { client } from '../../../state/client.ts';
import { useDocumentNames } from '../../../state/document-names.ts';
import { useRevision } from '../../../state/edits.ts';
import { openPanel, usePanelTitle, type PanelParams } from '../../../state/panels.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { t } from '../../../texts/translate.ts';
import { UndoButtons } from '../history/undo-buttons.tsx';
import classes from '../metadata.module.css';
import { ClassChooser } from './class-chooser.tsx';
import { NewRecord } from './new-record.tsx';
import { StoredRecord } from './stored-record.tsx';

/** One document as a form made from its schema: a new one, or a stored one. */
export function RecordPanel({ params }: { readonly params: PanelParams['record'] }) {
  return (
    <div className={classes.panel}>
      {params.id === undefined ? <NewPanel params={params} /> : <StoredPanel params={{ ...params, id: params.id }} />}
    </div>
  );
}

function NewPanel({ params }: { readonly params: PanelParams['record'] }) {
  const { path, sessionId, like } = params;
  const [chosen, setChosen] = useState(params.class);
  // The panel is brought to the front again with another class.
  const [asked, setAsked] = useState(params.class);
  if (asked !== params.class) {
    setAsked(params.class);
    setChosen(params.class);
  }
  const classList = useAnswer('classes', (signal) => client.forms.classes(undefined, { signal }));
  const model = useAnswer(JSON.stringify([path, like]), async (signal) =>
    like === undefined ? null : await client.documents.get({ path, id: like, toEdit: true }, { signal }),
  );
  const name = chosen ?? (model.status === 'ready' ? model.value?.summary.class : undefined);
  usePanelTitle(name === undefined ? t('New document') : t('New {{class}}', { class: name }));
  if (classList.status === 'failed') return <ErrorState error={classList.error} onRetry={classList.reload} />;
  if (model.status === 'failed') {
    return (
      <Refused error={model.error} onRetry={model.reload}>
        {like !== undefined && <ToBrowser path={path} sessionId={sessionId} id={like} />}
      </Refused>
    );
  }
  if (classList.status === 'loading' || model.status === 'loading') return <LoadingState lines={8} />;
  return (
    <>
      <Toolbar label={t('New document')}>
        <ClassChooser all={classList.value} value={name} onChoose={setChosen} />
        <ToolbarSpace />
        <UndoButtons path={path} />
      </Toolbar>
      {name === undefined ? (
        <EmptyState title={t('Choose what you want to write down: a subject, a treatment, a measurement …')} />
      ) : (
        <WithForm key={`${name} ${like ?? ''}`} name={name}>
          {(form) => <NewRecord path={path} sessionId={sessionId} form={form} like={model.value?.document ?? null} />}
        </WithForm>
      )}
    </>
  );
}

function StoredPanel({ params }: { readonly params: PanelParams['record'] & { id: string } }) {
  const { path, sessionId, id } = params;
  const revision = useRevision(path);
  const detail = useAnswer(
    JSON.stringify([path, id, revision]),
    (signal) => client.documents.get({ path, id, toEdit: true }, { signal }),
    { keepLast: true },
  );
  const summary = detail.status === 'ready' ? detail.value.summary : undefined;
  const nameOf = useDocumentNames(path, summary === undefined ? [] : [summary]);
  const title = summary === undefined ? t('Document') : `${summary.class}: ${nameOf(summary) || summary.id}`;
  usePanelTitle(title);
  const place = { path, ...(sessionId === undefined ? {} : { sessionId }) };
  const toBrowser = <ToBrowser path={path} sessionId={sessionId} id={id} />;
  if (detail.status === 'failed') {
    return (
      <Refused error={detail.error} onRetry={detail.reload}>
        {toBrowser}
      </Refused>
    );
  }
  if (detail.status === 'loading' || summary === undefined) return <LoadingState lines={8} />;
  return (
    <>
      <Toolbar label={t('Document')}>
        <h2 className={classes.title} translate="no">
          {title}
        </h2>
        <ToolbarSpace />
        {toBrowser}
        <Button
          variant="subtle"
          leftSection={<IconCopy size={16} aria-hidden />}
          onClick={() => openPanel('record', { ...place, like: id })}
        >
          {t('Duplicate')}
        </Button>
        <UndoButtons path={path} />
      </Toolbar>
      <WithForm key={id} name={summary.class}>
        {(form) => <StoredRecord path={path} sessionId={sessionId} form={form} detail={detail.value} />}
      </WithForm>
    </>
  );
}

interface RefusedProps {
  readonly error: NdiError;
  readonly onRetry: () => void;
  /** The way on where another try would find the document as large. */
  readonly children: ReactNode;
}

/** A document that cannot be brought into a form. */
function Refused({ error, onRetry, children }: RefusedProps) {
  return error.code === 'range.tooLarge' ? (
    <ErrorState error={error} wayOn={children} />
  ) : (
    <ErrorState error={error} onRetry={onRetry} />
  );
}

interface ToBrowserProps {
  readonly path: string;
  readonly sessionId: string | undefined;
  readonly id: string;
}

function ToBrowser({ path, sessionId, id }: ToBrowserProps) {
  return (
    <Button
      variant="subtle"
      leftSection={<IconFileSearch size={16} aria-hidden />}
      onClick={() =>
        openPanel('documents', { path, ...(sessionId === undefined ? {} : { sessionId }), documentId: id })
      }
    >
      {t('Show in the browser')}
    </Button>
  );
}

type Form = Awaited<ReturnType<typeof client.forms.form>>;

interface WithFormProps {
  readonly name: string;
  readonly children: (form: Form) => React.ReactNode;
}

/** Fetches the form of a class; classes that are not known cannot be edited field by field. */
function WithForm({ name, children }: WithFormProps) {
  const form = useAnswer(name, (signal) => client.forms.form({ class: name }, { signal }));
  if (form.status === 'loading') return <LoadingState lines={8} />;
  if (form.status === 'failed') return <ErrorState error={form.error} onRetry={form.reload} />;
  return children(form.value);
}
