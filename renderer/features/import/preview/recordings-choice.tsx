import { Button, SegmentedControl } from '@mantine/core';
import type { CreateSessionRequest, ScannedRecording } from '../../../../shared/contract/imports.ts';
import { choosePath } from '../../../components/path-dialog/choose-path.ts';
import { client } from '../../../state/client.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { formatBytes, t } from '../../../texts/translate.ts';
import classes from '../import.module.css';

export type Way = CreateSessionRequest['recordings'];

interface RecordingsChoiceProps {
  /** The recordings that are taken in. */
  readonly recordings: readonly ScannedRecording[];
  readonly folder: string;
  readonly way: Way;
  readonly onWay: (way: Way) => void;
  /** Where copies go; empty while nobody has said. */
  readonly target: string;
  readonly onTarget: (folder: string) => void;
}

/** What happens to the recordings, and whether there is room for it. */
export function RecordingsChoice({ recordings, folder, way, onWay, target, onTarget }: RecordingsChoiceProps) {
  const choose = async () => {
    const chosen = await choosePath({
      kind: 'folder',
      title: t('Choose where the copy goes'),
      confirm: t('Copy here'),
      startIn: folder,
    });
    if (chosen !== null) onTarget(chosen);
  };
  return (
    <div className={classes.way}>
      <SegmentedControl
        aria-label={t('What happens to the recordings')}
        value={way}
        data={[
          { value: 'reference', label: t('Leave them where they are') },
          { value: 'copy', label: t('Copy them') },
          { value: 'ingest', label: t('Take them into the session') },
        ]}
        onChange={(value) => onWay(value)}
      />
      {way === 'reference' && (
        <span className={classes.quiet}>{t('The session is made in their folder; they are not touched.')}</span>
      )}
      {way === 'copy' && (
        <>
          <Button variant="default" size="compact-sm" onClick={() => void choose()}>
            {target === '' ? t('Choose where…') : t('Change…')}
          </Button>
          <span className={classes.quiet} translate="no">
            {target}
          </span>
        </>
      )}
      {way !== 'reference' && (
        <Space folder={way === 'copy' && target !== '' ? target : folder} recordings={recordings} way={way} />
      )}
    </div>
  );
}

/** What a copy or an ingestion takes, and what is free. */
export function Space({ folder, recordings, way }: Pick<RecordingsChoiceProps, 'folder' | 'recordings' | 'way'>) {
  const files = recordings.flatMap((recording) => recording.files);
  const { value } = useAnswer(
    `space ${folder} ${files.length} ${files[0] ?? ''}`,
    (signal) => client.imports.space({ folder, files }, { signal }),
    { keepLast: true },
  );
  if (value === undefined) return null;
  const sizes = { size: formatBytes(value.fileBytes), free: formatBytes(value.freeBytes) };
  const isTight = value.fileBytes > value.freeBytes;
  return (
    <span className={isTight ? classes.tight : classes.quiet} role="status">
      {way === 'copy'
        ? t('{{size}} to copy, {{free}} free; each copy is checked, the originals stay', sizes)
        : t('{{size}} of recordings, mostly less in the session; {{free}} free', sizes)}
      {isTight && ` ${t('There may not be room enough.')}`}
    </span>
  );
}
