import { Button } from '@mantine/core';
import { IconFile, IconFileOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { DocumentDetail } from '../../../../shared/contract/documents.ts';
import { CopyableText } from '../../../components/elided-text.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { formatBytes, t } from '../../../texts/translate.ts';
import { FetchingNote } from '../../../components/transfers/fetching-note.tsx';
import classes from './detail.module.css';
import { FilePreviewBox } from './file-preview-box.tsx';

type DocumentFile = DocumentDetail['files'][number];

interface FilesViewProps {
  readonly path: string;
  readonly detail: DocumentDetail;
  /** A file is on this computer now. */
  readonly onFetched: () => void;
}

/** The files of a document: where they are, how large, whether they are here, and how they begin. */
export function FilesView({ path, detail, onFetched }: FilesViewProps) {
  const { files, summary } = detail;
  if (files.length === 0) return <EmptyState title={t('This document has no files.')} />;
  return (
    <ul className={classes.files}>
      {files.map((file, index) => (
        <FileItem
          key={`${file.name} ${index}`}
          path={path}
          id={summary.id}
          file={file}
          alone={files.length === 1}
          onFetched={onFetched}
        />
      ))}
    </ul>
  );
}

interface FileItemProps {
  readonly path: string;
  readonly id: string;
  readonly file: DocumentFile;
  /** A document's only file shows its beginning at once. */
  readonly alone: boolean;
  readonly onFetched: () => void;
}

function FileItem({ path, id, file, alone, onFetched }: FileItemProps) {
  const here = file.sizeBytes !== null;
  const inCloud = !here && file.locationType === 'ndicloud';
  const canShow = here || inCloud;
  const [open, setOpen] = useState(alone && here);
  return (
    <li className={classes.file}>
      <div className={classes.fileHead}>
        {here ? <IconFile size={16} aria-hidden /> : <IconFileOff size={16} aria-hidden />}
        <strong translate="no">{file.name}</strong>
        {file.sizeBytes === null ? (
          <span className={inCloud ? classes.quiet : classes.missing}>
            {inCloud ? t('fetched when it is needed') : t('not here')}
          </span>
        ) : (
          <span className={classes.quiet}>{formatBytes(file.sizeBytes)}</span>
        )}
        <span className={classes.quiet}>
          {file.fetched ? t('in NDI Cloud, and kept here for a while') : locationWord(file.locationType)}
        </span>
        {canShow && (
          <Button
            variant="subtle"
            aria-expanded={open}
            aria-label={
              open
                ? t('Hide the beginning of {{name}}', { name: file.name })
                : t('Show the beginning of {{name}}', { name: file.name })
            }
            onClick={() => {
              setOpen(!open);
            }}
          >
            {open ? t('Hide') : t('Show the beginning')}
          </Button>
        )}
      </div>
      <dl className={classes.fields}>
        <div className={classes.field}>
          <dt>{t('Written as')}</dt>
          <dd>
            <CopyableText text={file.location} what={t('location')} />
          </dd>
        </div>
        <div className={classes.field}>
          <dt>{t('Kept as')}</dt>
          <dd>
            <CopyableText text={file.uid} what={t('ID of the file')} />
          </dd>
        </div>
      </dl>
      {!canShow && (
        <p className={classes.empty}>
          {t('The bytes are not in the file store beside the database. Copy them there from where they were written.')}
        </p>
      )}
      {open && (
        <>
          {inCloud && <FetchingNote />}
          <FilePreviewBox path={path} id={id} name={file.name} {...(inCloud ? { onRead: onFetched } : {})} />
        </>
      )}
    </li>
  );
}

function locationWord(type: string): string {
  switch (type) {
    case 'file':
      return t('in the file store');
    case 'url':
      return t('on the web');
    case 'ndicloud':
      return t('in NDI Cloud');
    default:
      return type;
  }
}
