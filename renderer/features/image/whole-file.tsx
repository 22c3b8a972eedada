import { useState } from 'react';
import { type ImageInfo, type ImageSource, MOST_IMAGE_PART_BYTES } from '../../../shared/contract/images.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { client } from '../../state/client.ts';
import { useWholeFile } from '../../state/whole-file.ts';
import { formatBytes, t } from '../../texts/translate.ts';
import classes from './image.module.css';

interface WholeFileProps {
  readonly source: ImageSource;
  readonly info: ImageInfo;
}

/** A picture or movie that the browser itself shows: JPEG, GIF, MP4, WebM, … */
export function WholeFile({ source, info }: WholeFileProps) {
  const [failed, setFailed] = useState(false);
  const { name, sizeBytes, type } = info;
  const { answer, loadedBytes } = useWholeFile({
    ...{ key: JSON.stringify(source), name, sizeBytes, type },
    recovery: t('Make a smaller copy of it, for example with ffmpeg.'),
    part: (offset, signal) => client.images.part({ source, offset, bytes: MOST_IMAGE_PART_BYTES }, { signal }),
  });
  if (answer.status === 'loading') {
    const words = { loaded: formatBytes(loadedBytes), size: formatBytes(info.sizeBytes) };
    return <LoadingState what={t('{{loaded}} of {{size}}', words)} lines={6} />;
  }
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  if (failed) return <ErrorState error={cannotShow(info)} />;
  const shared = { src: answer.value ?? undefined, onError: () => setFailed(true), className: classes.whole };
  return (
    <figure className={classes.figure}>
      {info.kind === 'movie' ? (
        <video {...shared} controls muted playsInline aria-label={t('Movie {{name}}', { name: info.name })} />
      ) : (
        <img {...shared} alt={info.name} />
      )}
      <figcaption className={classes.hint}>
        {info.name} · {info.format} · {formatBytes(info.sizeBytes)}
      </figcaption>
    </figure>
  );
}

function cannotShow({ name, format }: ImageInfo): NdiError {
  return new NdiError({
    code: 'format.unsupported',
    message: t('{{name}} ({{format}}) cannot be shown here.', { name, format }),
    recovery: t('Convert it to MP4 (H.264), WebM, PNG or TIFF.'),
  });
}
