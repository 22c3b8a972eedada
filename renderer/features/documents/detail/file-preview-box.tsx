import { useEffect } from 'react';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { client } from '../../../state/client.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { formatBytes, t } from '../../../texts/translate.ts';
import classes from './detail.module.css';
import { previewOf, type FilePreview } from './file-preview-model.ts';

interface FilePreviewBoxProps {
  readonly path: string;
  readonly id: string;
  readonly name: string;
  /** Told once it is read: a file of the cloud may be on this computer now. */
  readonly onRead?: () => void;
}

/** How a file begins. */
export function FilePreviewBox({ path, id, name, onRead }: FilePreviewBoxProps) {
  const answer = useAnswer(JSON.stringify([path, id, name]), async (signal) => {
    const { sizeBytes, head } = await client.documents.file({ path, id, name }, { signal });
    return { sizeBytes, headBytes: head.size, preview: previewOf(new Uint8Array(await head.arrayBuffer())) };
  });
  const isRead = answer.status === 'ready';
  useEffect(() => {
    if (isRead) onRead?.();
  }, [isRead, onRead]);
  if (answer.status === 'loading') return <LoadingState what={t('Reading {{name}}…', { name })} lines={3} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  const { sizeBytes, headBytes, preview } = answer.value;
  return (
    <figure className={classes.preview}>
      <figcaption className={classes.quiet}>{caption(preview, headBytes, sizeBytes)}</figcaption>
      <pre
        className={classes.previewText}
        tabIndex={0}
        translate="no"
        aria-label={t('Beginning of {{name}}', { name })}
      >
        {preview.kind === 'text' && preview.text}
        {preview.kind === 'bytes' &&
          preview.lines.map(({ offset, hex, letters }) => `${offset}  ${hex.padEnd(47)}  ${letters}`).join('\n')}
      </pre>
    </figure>
  );
}

function caption(preview: FilePreview, headBytes: number, sizeBytes: number): string {
  switch (preview.kind) {
    case 'empty':
      return t('The file is empty.');
    case 'text':
      return headBytes < sizeBytes ? t('Text; the first {{size}}', { size: formatBytes(headBytes) }) : t('Text');
    case 'bytes':
      return t('Binary; the first {{n}} bytes', { n: Math.min(sizeBytes, preview.lines.length * 16) });
  }
}
