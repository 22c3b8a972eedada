import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { NdiError } from '../../../../shared/model/errors.ts';
import { ErrorState } from '../../../components/error-state.tsx';
import { t } from '../../../texts/translate.ts';
import { formatTime } from '../model/time-axis.ts';
import type { TraceStore } from '../trace-store.ts';
import { keepInStep } from './keep-in-step.ts';
import { useMovieClock } from './use-movie-clock.ts';
import classes from './movie-panel.module.css';

interface MoviePlayerProps {
  readonly store: TraceStore;
  readonly address: string;
  readonly name: string;
}

/** Plays a movie, and says which time its frame is of. */
export function MoviePlayer({ store, address, name }: MoviePlayerProps) {
  const video = useRef<HTMLVideoElement>(null);
  const [time, setTime] = useState<number | null>(null);
  const [cannotPlay, setCannotPlay] = useState(false);
  const { extent, width } = store.getState();
  const clock = useMovieClock(store);
  const settings = useStore(store, (state) => state.settings.movie);
  const known = clock.value;
  useEffect(() => {
    if (video.current === null || known === undefined) return;
    return keepInStep(store, video.current, known, setTime);
  }, [store, known, cannotPlay]);

  if (clock.status === 'failed') return <ErrorState error={clock.error} onRetry={clock.reload} />;
  if (cannotPlay) {
    const error = new NdiError({
      code: 'format.unsupported',
      message: t('{{name}} cannot be played here.', { name }),
      recovery: t('Convert it to MP4 (H.264) or WebM, for example with ffmpeg.'),
    });
    return <ErrorState error={error} />;
  }
  const noFrames = known?.kind === 'frames' && known.times.length === 0;
  return (
    <figure className={classes.figure}>
      <video
        ref={video}
        className={classes.video}
        src={address}
        controls
        muted
        playsInline
        preload="auto"
        aria-label={t('Movie {{name}}', { name })}
        onError={() => setCannotPlay(true)}
      />
      <figcaption className={classes.hint} data-testid="movie-time">
        {noFrames
          ? t('{{channel}} has no events in this epoch.', { channel: settings.frames })
          : time === null
            ? t('No frame at this time.')
            : t('Frame at {{time}}', { time: formatTime(time, extent, width * 1000) })}
      </figcaption>
    </figure>
  );
}
