import { Checkbox } from '@mantine/core';
import { useState } from 'react';
import type { CallOutputs } from '../../../../shared/contract/contract.ts';
import type { MatrixDescription } from '../../../../shared/contract/raw-matrix.ts';
import { ModalForm } from '../../../components/modal-form.tsx';
import { client } from '../../../state/client.ts';
import { showError, showMessage } from '../../../state/messages.ts';
import { basename } from '../../../state/paths.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { useViewState } from '../../../state/cache/use-view-state.ts';
import { formatBytes, formatNumber, formatSeconds, plural, t } from '../../../texts/translate.ts';
import { Thumbnail } from '../thumbnail/thumbnail.tsx';
import { acceptDraft, descriptionOf, draftOf, emptyDraft, type MatrixDraft } from './draft.ts';
import { MatrixFields } from './matrix-fields.tsx';
import classes from './matrix.module.css';

interface MatrixFormProps {
  readonly known: CallOutputs['imports']['matrix'];
  /** Other files of which the same may be said. */
  readonly others: readonly string[];
  /** Something was written or taken away. */
  readonly onDone: () => void;
  readonly onClose: () => void;
}

/** What a file of bare samples holds, with its beginning as it would be read; nothing is written until it is agreed. */
export function MatrixForm({ known, others, onDone, onClose }: MatrixFormProps) {
  const { file, sizeBytes, description: before } = known;
  const [last, keepLast] = useViewState<MatrixDraft>('raw-matrix', 1, emptyDraft, acceptDraft);
  const [written, setWritten] = useState<MatrixDraft | null>(before === null ? null : draftOf(before));
  const [all, setAll] = useState(others.length > 0);
  const draft = written ?? last;
  const description = descriptionOf(draft);
  const files = all ? [file, ...others] : [file];
  const submit = async () => {
    if (description === null) return;
    await say(files, description, onDone);
    keepLast(draftOf(description));
    onClose();
  };
  return (
    <ModalForm
      agree={plural(files.length, 'Read it like this', 'Read the {{count}} files like this')}
      ready={description !== null}
      onSubmit={submit}
      onClose={onClose}
    >
      <p className={classes.words}>
        {t('{{file}} ({{size}}) says nothing about itself: what do its bytes mean?', {
          file: basename(file),
          size: formatBytes(sizeBytes),
        })}
      </p>
      <MatrixFields draft={draft} onChange={setWritten} />
      {description !== null && <Trial file={file} description={description} />}
      {others.length > 0 && (
        <Checkbox
          label={plural(
            others.length,
            'Say the same of the other file like it',
            'Say the same of the {{count}} other files like it',
          )}
          checked={all}
          onChange={(event) => setAll(event.currentTarget.checked)}
        />
      )}
      <p className={classes.words}>
        {t(
          'This is written in {{text}} beside it; the file itself stays as it is. NDI has no reader for bare samples: for other programs, take the recordings into the session.',
          { text: `${basename(file)}.json` },
        )}
      </p>
    </ModalForm>
  );
}

/** How the file would be read. */
function Trial({ file, description }: { readonly file: string; readonly description: MatrixDescription }) {
  const source = { path: file, matrix: description };
  const answer = useAnswer(JSON.stringify(source), (signal) => client.recordings.describe({ source }, { signal }), {
    keepLast: true,
  });
  const [segment] = answer.value?.segments ?? [];
  return (
    <>
      <Thumbnail source={source} />
      <p className={classes.words} role="status">
        {answer.value !== undefined &&
          t('{{samples}} samples a channel: {{time}}.', {
            samples: formatNumber(segment?.samples ?? 0),
            time: formatSeconds((segment?.samples ?? 0) / description.sampleRate),
          })}{' '}
        <span translate="no">{answer.value?.problems.map(({ message }) => message).join(' ')}</span>
      </p>
    </>
  );
}

/** Writes the description of files, or takes it away; a message offers to put back what was there. */
export async function say(
  files: readonly string[],
  description: MatrixDescription | null,
  onDone: () => void,
): Promise<void> {
  const { before } = await client.imports.describeMatrix({ files: [...files], description });
  onDone();
  const undo = async () => {
    try {
      for (const [text, own] of Map.groupBy(files, (_, at) => JSON.stringify(before[at] ?? null))) {
        await client.imports.describeMatrix({ files: own, description: JSON.parse(text) as MatrixDescription | null });
      }
      onDone();
    } catch (thrown) {
      showError(thrown);
    }
  };
  showMessage({
    tone: 'success',
    title:
      description === null
        ? plural(files.length, '{{count}} description was taken away', '{{count}} descriptions were taken away')
        : plural(files.length, '{{count}} file is read as a raw matrix', '{{count}} files are read as raw matrices'),
    actions: [{ label: t('Undo'), run: () => void undo() }],
  });
}
