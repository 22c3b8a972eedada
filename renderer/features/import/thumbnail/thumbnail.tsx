import { useComputedColorScheme } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { useEffect, useRef } from 'react';
import type { SignalSource } from '../../../../shared/contract/recordings.ts';
import { decodeViewFrame, type ViewFrame } from '../../../../shared/model/view-frame.ts';
import { client } from '../../../state/client.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { formatSeconds, plural, t } from '../../../texts/translate.ts';
import shared from '../import.module.css';
import classes from './thumbnail.module.css';
import { drawThumbnail } from './draw-thumbnail.ts';
import { excerptOf, type Excerpt } from './excerpt.ts';

/** Pixels; about a finger's breadth of signal is enough to know a recording again. */
const HEIGHT = 120;
const COLUMNS = 600;

interface Beginning {
  readonly excerpt: Excerpt;
  /** Analog channels of the recording, of which the excerpt shows the first. */
  readonly channels: number;
  readonly frame: ViewFrame;
}

/** How a recording begins: the envelope of the first seconds of its first channels. */
export function Thumbnail({ source }: { readonly source: SignalSource }) {
  const answer = useAnswer(JSON.stringify(source), (signal) => readBeginning(source, signal));
  if (answer.status === 'loading') return <div className={classes.thumbnail} aria-busy="true" />;
  if (answer.status === 'failed') {
    return (
      <p className={classes.noThumbnail} role="note" translate="no">
        {answer.error.message}
      </p>
    );
  }
  if (answer.value === null) return <p className={classes.noThumbnail}>{t('No analog channels to draw.')}</p>;
  return <Drawing {...answer.value} />;
}

async function readBeginning(source: SignalSource, signal: AbortSignal): Promise<Beginning | null> {
  const info = await client.recordings.describe({ source }, { signal });
  const excerpt = excerptOf(info);
  if (excerpt === null) return null;
  const { t0, t1 } = excerpt;
  const bytes = await client.signals.view(
    { source, channels: excerpt.channels.join(','), t0, t1, columns: COLUMNS },
    { signal },
  );
  const channels = info.channels.filter(({ type }) => type === 'analog_in').length;
  return { excerpt, channels, frame: decodeViewFrame(bytes) };
}

function Drawing({ excerpt, channels, frame }: Beginning) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { ref, width } = useElementSize();
  const colorScheme = useComputedColorScheme();
  useEffect(() => {
    if (canvas.current !== null && width > 0) drawThumbnail(canvas.current, frame, width, HEIGHT);
  }, [frame, width, colorScheme]);
  const caption = t('The first {{time}} of {{shown}} of {{channels}}', {
    time: formatSeconds(excerpt.t1 - excerpt.t0),
    shown: excerpt.channels.length,
    channels: plural(channels, '{{count}} analog channel', '{{count}} analog channels'),
  });
  return (
    <figure className={classes.figure} ref={ref}>
      <canvas ref={canvas} className={classes.thumbnail} role="img" aria-label={caption} />
      <figcaption className={shared.quiet}>{caption}</figcaption>
    </figure>
  );
}
