import { Button } from '@mantine/core';
import { IconLink, IconLinkOff } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import type { ImageInfo, ImageSource } from '../../../shared/contract/images.ts';
import type { SignalSource } from '../../../shared/contract/recordings.ts';
import { client } from '../../state/client.ts';
import { pointTo, useLinkedTime } from '../../state/linked-time.ts';
import { openPanel, usePanel } from '../../state/panels.ts';
import { useSpanIn } from '../../state/span-here.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { t } from '../../texts/translate.ts';
import { frameAt, momentOnFrames } from './frame-times.ts';
import { useRelations } from './use-relations.ts';
import classes from './image.module.css';

interface FrameLinkProps {
  readonly source: ImageSource & { readonly device: string; readonly epoch: string };
  readonly info: ImageInfo;
  /** Place along T of the frame that is shown. */
  readonly index: number;
  readonly onFrame: (index: number) => void;
}

const none: readonly number[] = [];

/**
 * Shows the frame of the moment that views of traces point to (and the first one of a chosen time), and tells them when
 * the frame was taken that a person goes to. Its words say with what the frames are linked, or why they are not.
 */
export function FrameLink({ source, info, index, onFrame }: FrameLinkProps) {
  const { path, sessionId, device, epoch } = source;
  const visible = usePanel()?.visible ?? true;
  const [own] = useState<SignalSource>(() => ({ path, sessionId, device, epoch }));
  const { timed } = info;
  const asked = useAnswer(JSON.stringify(['frame times', source, timed]), (signal) =>
    timed ? client.images.times({ source }, { signal }) : Promise.resolve([]),
  );
  const times = asked.value ?? none;
  const relations = useRelations(own, visible);
  const [missed, setMissed] = useState(false);
  /** Frames that were gone to for somebody else, the one on the screen and those still to come: none is told again. */
  const led = useRef<number[]>([index]);
  const go = useRef(onFrame);
  useEffect(() => {
    go.current = (frame) => {
      if (led.current.at(-1) !== frame) led.current.push(frame);
      onFrame(frame);
    };
  });

  useEffect(() => {
    if (!visible || times.length === 0) return;
    const show = ({ moment, view }: ReturnType<typeof useLinkedTime.getState>) => {
      const time = moment === null || view === own ? null : momentOnFrames(own, relations, moment);
      const frame = time === null ? null : frameAt(times, time);
      setMissed(time !== null && frame === null);
      if (frame !== null) go.current(frame);
    };
    show(useLinkedTime.getState());
    return useLinkedTime.subscribe(show);
  }, [own, times, relations, visible]);

  useEffect(() => {
    const time = times[index];
    if (!visible || time === undefined) return;
    // More may have been gone to since this one was drawn; those before it were passed over.
    const at = led.current.lastIndexOf(index);
    led.current = at < 0 ? [] : led.current.slice(at);
    if (at < 0) pointTo(own, { source: own, time, leads: true });
  }, [own, times, index, visible]);
  useEffect(() => () => pointTo(own, null), [own, visible]);

  const start = useSpanIn(own, visible && timed)?.t0;
  useEffect(() => {
    if (start === undefined) return;
    const frame = frameAt(times, start);
    if (frame !== null) go.current(frame);
  }, [start, times]);

  if (relations.length === 0) return null;
  const follows = timed && asked.status !== 'failed';
  const apart = relations.find(({ lines }) => lines === null);
  const linked = relations.filter(({ lines }) => lines !== null).map((relation) => relation.source.device);
  return (
    <div className={classes.link} role="status" data-testid="image-link">
      {apart !== undefined || !follows ? <IconLinkOff size={14} aria-hidden /> : <IconLink size={14} aria-hidden />}
      <span>
        {!timed && t('Nothing tells when each frame was taken: the frames do not follow the traces.')}
        {asked.error?.message}
        {follows && linked.length > 0 && t('Linked with the traces of {{devices}}.', { devices: linked.join(', ') })}
        {follows && missed && ` ${t('No frame was taken at that moment.')}`}
        {follows &&
          apart !== undefined &&
          ` ${t('Nothing relates the clock of {{own}} to that of {{device}}: {{reason}}', {
            own: device,
            device: apart.source.device ?? '',
            reason: apart.reason,
          })}`}
      </span>
      {follows && apart !== undefined && (
        <Button
          size="compact-xs"
          variant="default"
          onClick={() => openPanel('sync', sessionId === undefined ? { path } : { path, sessionId })}
        >
          {t('Show the clocks')}
        </Button>
      )}
    </div>
  );
}
