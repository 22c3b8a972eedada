import { Button, CloseButton } from '@mantine/core';
import { IconFileDescription, IconPhoto, IconWaveSine, IconZoomIn } from '@tabler/icons-react';
import type { Epoch } from '../../../shared/contract/sessions.ts';
import type { Query } from '../../../shared/model/query.ts';
import { openEpoch } from '../../state/open-epoch.ts';
import { openPanel } from '../../state/panels.ts';
import type { Place } from '../../state/place.ts';
import type { TimeSpan } from '../../state/shared-time.ts';
import { selectSpan, useTimeSpan } from '../../state/time-span.ts';
import { formatSeconds, plural, t } from '../../texts/translate.ts';
import { recordedKey } from './model/epochs.ts';
import { SecondsField } from './seconds-field.tsx';
import classes from './timeline.module.css';

interface SpanBarProps {
  readonly session: Place;
  readonly span: TimeSpan;
  /** All of the session: some hold frames instead of signals. */
  readonly epochs: readonly Epoch[];
  /** Other ends, in seconds of its clock. */
  readonly onTimes: (t0: number, t1: number) => void;
  readonly onZoom: () => void;
}

/** What is chosen, on which clock; its ends can be typed, and lead on to signals and documents. */
export function SpanBar({ session, span, epochs, onTimes, onZoom }: SpanBarProps) {
  const settled = useTimeSpan((state) => state.settled);
  const pictures = new Set(epochs.filter(({ images }) => images === true).map(recordedKey));
  const signals = span.epochs.find((epoch) => !pictures.has(recordedKey(epoch)));
  const frames = span.epochs.find((epoch) => pictures.has(recordedKey(epoch)));
  const clock = span.device === null ? span.clock : `${span.device}: ${span.clock}`;
  return (
    <div className={classes.chosen} role="group" aria-label={t('Chosen time')}>
      <SecondsField label={t('From (s)')} value={span.t0} most={span.t1} onSet={(t0) => onTimes(t0, span.t1)} />
      <SecondsField label={t('To (s)')} value={span.t1} least={span.t0} onSet={(t1) => onTimes(span.t0, t1)} />
      <span className={classes.quiet} aria-live={settled ? 'polite' : 'off'}>
        {t('{{length}} on {{clock}}', { length: formatSeconds(span.t1 - span.t0), clock })}
        {', '}
        {plural(span.epochs.length, '{{count}} epoch', '{{count}} epochs')}
      </span>
      {signals !== undefined && (
        <Button
          size="compact-xs"
          leftSection={<IconWaveSine size={14} aria-hidden />}
          onClick={() => {
            openPanel('traces', {
              source: { ...session, device: signals.device, epoch: signals.epochId },
              toSpan: true,
            });
            // Views that are open already follow a choice that is made anew.
            selectSpan(span);
          }}
        >
          {t('Show the signals')}
        </Button>
      )}
      {frames !== undefined && (
        <Button
          size="compact-xs"
          variant={signals === undefined ? 'filled' : 'default'}
          leftSection={<IconPhoto size={14} aria-hidden />}
          onClick={() => openEpoch({ ...session, device: frames.device, epoch: frames.epochId }, { images: true })}
        >
          {t('Show the frames')}
        </Button>
      )}
      {span.epochs.length > 0 && (
        <Button
          size="compact-xs"
          variant="default"
          leftSection={<IconFileDescription size={14} aria-hidden />}
          onClick={() => openPanel('documents', { ...session, query: documentsOf(span) })}
        >
          {t('Documents of these epochs')}
        </Button>
      )}
      <Button size="compact-xs" variant="default" leftSection={<IconZoomIn size={14} aria-hidden />} onClick={onZoom}>
        {t('Zoom to it')}
      </Button>
      <CloseButton size="sm" aria-label={t('Choose nothing')} onClick={() => selectSpan(null)} />
    </div>
  );
}

/** More ids than anyone reads in a condition. */
const MOST_IDS = 200;

/** Documents that name one of the epochs (NDI's `epochid`). */
function documentsOf({ epochs }: TimeSpan): Query {
  const ids = [...new Set(epochs.map(({ epochId }) => epochId))].slice(0, MOST_IDS);
  const [only] = ids;
  const field = 'epochid.epochid';
  if (ids.length === 1 && only !== undefined) return [{ field, operation: 'exact_string', param1: only, param2: '' }];
  const pattern = ids.map((id) => id.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)).join('|');
  return [{ field, operation: 'regexp', param1: `^(${pattern})$`, param2: '' }];
}
