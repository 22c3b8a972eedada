import { useEffect, useState } from 'react';
import { type ImageInfo, type ImageSource, MOST_IMAGE_PART_BYTES } from '../../../shared/contract/images.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { client } from '../../state/client.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { formatBytes, t } from '../../texts/translate.ts';
import classes from './image.module.css';

/** The page holds the whole of it. */
const MOST_BYTES = 2 * 1024 ** 3;

interface WholeFileProps {
  readonly source: ImageSource;
  readonly info: ImageInfo;
}

/** A picture or movie that the browser itself shows: JPEG, GIF, MP4, WebM, … */
export function WholeFile({ source, info }: WholeFileProps) {
  const [loaded, setLoaded] = useState(0);
  const [failed, setFailed] = useState(false);
  const answer = useAnswer(JSON.stringify(['whole file', source]), async (signal) =>
    URL.createObjectURL(await load(source, info, setLoaded, signal)),
  );
  const address = answer.status === 'ready' ? answer.value : null;
  useEffect(() => {
    return () => {
      if (address !== null) URL.revokeObjectURL(address);
    };
  }, [address]);
  if (answer.status === 'loading') {
    const words = { loaded: formatBytes(loaded), size: formatBytes(info.sizeBytes) };
    return <LoadingState what={t('{{loaded}} of {{size}}', words)} lines={6} />;
  }
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  if (failed) return <ErrorState error={cannotShow(info)} />;
  const shared = { src: answer.value, onError: () => setFailed(true), className: classes.whole };
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

async function load(
  source: ImageSource,
  { name, sizeBytes, type }: ImageInfo,
  onLoaded: (bytes: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  if (sizeBytes > MOST_BYTES) {
    throw new NdiError({
      code: 'range.tooLarge',
      message: t('{{name}} has {{size}}; {{most}} can be shown.', {
        name,
        size: formatBytes(sizeBytes),
        most: formatBytes(MOST_BYTES),
      }),
      recovery: t('Make a smaller copy of it, for example with ffmpeg.'),
    });
  }
  const parts: Blob[] = [];
  for (let offset = 0; offset < sizeBytes;) {
    const part = await client.images.part({ source, offset, bytes: MOST_IMAGE_PART_BYTES }, { signal });
    if (part.size === 0) break;
    parts.push(part);
    offset += part.size;
    onLoaded(offset);
  }
  return new Blob(parts, { type });
}

function cannotShow({ name, format }: ImageInfo): NdiError {
  return new NdiError({
    code: 'format.unsupported',
    message: t('{{name}} ({{format}}) cannot be shown here.', { name, format }),
    recovery: t('Convert it to MP4 (H.264), WebM, PNG or TIFF.'),
  });
}
