import { Anchor, NativeSelect } from '@mantine/core';
import { useEffect, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Epoch } from '../../../../shared/contract/sessions.ts';
import type { StimulusEpoch } from '../../../../shared/contract/stimuli.ts';
import { openPanel } from '../../../state/panels.ts';
import type { Place } from '../../../state/place.ts';
import { formatNumber, formatSeconds, plural, t } from '../../../texts/translate.ts';
import { deviceClocksOf, layOutOnDevice, type DeviceClock } from './device-clock.ts';
import { EpochBar } from './epoch-bar.tsx';
import { clocksOf, LOCAL_CLOCK, layOutTimeline, type Lane, type Timeline as TimelineLayout } from './timeline-model.ts';
import { inWindow, panWindow, showStretch, type TimelineWindow, wholeTimeline, zoomWindow } from './timeline-window.ts';
import classes from './timeline.module.css';
import { usePlacedEpochs } from './use-placed-epochs.ts';

interface TimelineProps {
  readonly session: Place;
  readonly epochs: readonly Epoch[];
  /** Shown as coloured blocks in the epochs of the stimulators' devices. */
  readonly stimuli: readonly StimulusEpoch[];
  readonly onOpen: (epoch: Epoch) => void;
}

/** Of the visible part, by one press of a key or one notch of the wheel. */
const ZOOM_STEP = 1.5;
const NOTCH_PX = 100;

/**
 * The epochs of every device in lanes on a clock. One stop of the Tab key; arrows move between epochs, Enter opens; `+`
 * and `-` zoom, and so do Control and the wheel (alone it scrolls the page); Shift and the wheel pan; `0` or a double
 * click shows all.
 */
export function Timeline({ session, epochs, stimuli, onOpen }: TimelineProps) {
  // There may be thousands of epochs: what each notch of the wheel does not change is worked out once.
  const clocks = useMemo(() => clocksOf(epochs), [epochs]);
  const references = useMemo(() => deviceClocksOf(epochs), [epochs]);
  const stimuliByEpoch = useMemo(() => Map.groupBy(stimuli, stimuliKey), [stimuli]);
  const [chosen, setChosen] = useState<string | null>(null);
  const reference = references.find((one) => referenceKey(one) === chosen) ?? null;
  const placing = usePlacedEpochs(session, epochs, reference);
  const clock = chosen !== null && clocks.includes(chosen) ? chosen : (clocks[0] ?? LOCAL_CLOCK);
  const converted = reference !== null && placing.status === 'ready' && placing.value !== null;
  // Until it is known where the others lie, each stands by its own clock.
  const timeline = useMemo(
    () => (converted ? layOutOnDevice(epochs, reference, placing.value) : layOutTimeline(epochs, clock)),
    [epochs, converted, reference, placing.value, clock],
  );
  const whyNot = (device: string) =>
    converted ? (placing.value.find((one) => one.device === device && one.reason !== null)?.reason ?? '') : null;
  const [current, setCurrent] = useState<string>('');
  const [window, setWindow] = useState(wholeTimeline);
  const lanes = useRef<HTMLDivElement>(null);
  useEffect(() => bindWheel(lanes.current, setWindow), []);
  const keys = timeline.lanes
    .flatMap((lane) => [...lane.bars.map(({ epoch }) => epoch), ...lane.unplaced])
    .map(epochKey);
  const stop = keys.includes(current) ? current : keys[0];
  return (
    <div className={classes.timeline}>
      <div className={classes.head}>
        <NativeSelect
          aria-label={t('Clock of the timeline')}
          value={reference === null ? clock : referenceKey(reference)}
          data={[
            {
              group: t('Every device on its own clock'),
              items: clocks.map((type) => ({ value: type, label: clockWords(type) })),
            },
            {
              group: t('All devices on the clock of one'),
              items: references.map((one) => ({ value: referenceKey(one), label: `${one.device}: ${one.clock}` })),
            },
          ]}
          onChange={(event) => {
            setChosen(event.currentTarget.value);
          }}
        />
        <span className={classes.quiet} role="status">
          {reference === null ? describe(timeline, clock) : describePlacing(placing, timeline, reference)}
        </span>
      </div>
      <div
        ref={lanes}
        role="group"
        aria-label={t('Timeline of the epochs')}
        className={classes.lanes}
        title={t('Ctrl+wheel or + and − zoom, Shift+wheel pans, 0 or a double click shows all')}
        onDoubleClick={() => setWindow(wholeTimeline)}
        onKeyDown={(event) => {
          const zoomed = event.ctrlKey || event.metaKey ? null : windowByKey(event.key, window);
          if (zoomed === null) moveFocus(event);
          else setWindow(zoomed);
        }}
      >
        {timeline.lanes.map((lane) => (
          <LaneRow
            key={lane.device}
            lane={lane}
            stimuli={stimuliByEpoch}
            stop={stop}
            unsynchronised={whyNot(lane.device)}
            window={window}
            onFocus={(epoch, at) => {
              setCurrent(epochKey(epoch));
              if (at !== undefined) setWindow((now) => showStretch(now, at.from, at.to));
            }}
            onOpen={onOpen}
            onShowClocks={() => openPanel('sync', session)}
          />
        ))}
      </div>
      <Axis timeline={timeline} window={window} />
    </div>
  );
}

interface LaneRowProps {
  readonly lane: Lane;
  /** By {@link stimuliKey}. */
  readonly stimuli: ReadonlyMap<string, readonly StimulusEpoch[]>;
  /** The epoch at which the Tab key stops. */
  readonly stop: string | undefined;
  /** Why an epoch has no place on the clock of another device; null where each device is on its own. */
  readonly unsynchronised: string | null;
  readonly window: TimelineWindow;
  readonly onFocus: (epoch: Epoch, at: { from: number; to: number } | undefined) => void;
  readonly onOpen: (epoch: Epoch) => void;
  readonly onShowClocks: () => void;
}

function LaneRow({ lane, stimuli, stop, unsynchronised, window, onFocus, onOpen, onShowClocks }: LaneRowProps) {
  const bar = (epoch: Epoch, at?: { from: number; to: number }) => (
    <EpochBar
      key={epochKey(epoch)}
      epoch={epoch}
      stimuli={stimuli.get(stimuliKey(epoch)) ?? []}
      {...(at === undefined ? {} : { at: { from: inWindow(window, at.from), to: inWindow(window, at.to) } })}
      tabStop={epochKey(epoch) === stop}
      onFocus={() => {
        onFocus(epoch, at);
      }}
      onOpen={onOpen}
    />
  );
  return (
    <div className={classes.lane} role="group" aria-label={lane.device}>
      <div className={classes.device} title={lane.device} translate="no">
        {lane.device}
      </div>
      <div className={classes.track}>{lane.bars.map(({ epoch, from, to }) => bar(epoch, { from, to }))}</div>
      {lane.unplaced.length > 0 && (
        <div className={classes.unplaced}>
          {unsynchronised === null ? (
            <span className={classes.quiet}>
              {plural(lane.unplaced.length, '{{count}} not on this clock', '{{count}} not on this clock')}
            </span>
          ) : (
            <Anchor
              component="button"
              type="button"
              className={classes.why}
              title={unsynchronised}
              onClick={onShowClocks}
            >
              {plural(
                lane.unplaced.length,
                '{{count}} unsynchronised: show the clocks',
                '{{count}} unsynchronised: show the clocks',
              )}
            </Anchor>
          )}
          {lane.unplaced.map((epoch) => bar(epoch))}
        </div>
      )}
    </div>
  );
}

function Axis({ timeline: { span }, window }: { readonly timeline: TimelineLayout; readonly window: TimelineWindow }) {
  if (span === null) return null;
  const marks = [window.from, (window.from + window.to) / 2, window.to].map(
    (share) => span.t0 + share * (span.t1 - span.t0),
  );
  return (
    <div className={classes.axis} aria-hidden>
      {marks.map((time, index) => (
        <span key={index}>{t('{{time}} s', { time: formatNumber(Math.round(time * 1000) / 1000) })}</span>
      ))}
    </div>
  );
}

/** What a key makes of the window; null where it means something else. Zooms around the middle. */
function windowByKey(key: string, window: TimelineWindow): TimelineWindow | null {
  const middle = (window.from + window.to) / 2;
  if (key === '+' || key === '=') return zoomWindow(window, 1 / ZOOM_STEP, middle);
  if (key === '-') return zoomWindow(window, ZOOM_STEP, middle);
  return key === '0' ? wholeTimeline : null;
}

/** Not by React, whose listeners of the wheel cannot keep the page from zooming or scrolling. */
function bindWheel(
  lanes: HTMLElement | null,
  change: (changed: (window: TimelineWindow) => TimelineWindow) => void,
): () => void {
  const onWheel = (event: WheelEvent) => {
    const track = event.target instanceof Element ? event.target.closest(`.${classes.track}`) : null;
    const isZoom = event.ctrlKey || event.metaKey;
    if (track === null || !(isZoom || event.shiftKey)) return;
    event.preventDefault();
    const notches = (event.deltaY || event.deltaX) / NOTCH_PX;
    const { left, width } = track.getBoundingClientRect();
    const at = (event.clientX - left) / Math.max(1, width);
    change((window) =>
      isZoom
        ? zoomWindow(window, ZOOM_STEP ** notches, window.from + at * (window.to - window.from))
        : panWindow(window, notches / 10),
    );
  };
  lanes?.addEventListener('wheel', onWheel, { passive: false });
  return () => lanes?.removeEventListener('wheel', onWheel);
}

/** Moves the focus among the bars; the browser keeps their order, so no list of our own is needed. */
function moveFocus(event: KeyboardEvent<HTMLElement>): void {
  const bars = [...event.currentTarget.querySelectorAll<HTMLElement>('button')];
  const at = bars.findIndex((bar) => bar === document.activeElement);
  const lane = bars[at]?.closest('[role="group"]');
  const lanes = [...event.currentTarget.querySelectorAll('[role="group"]')];
  const firstOf = (by: number) => {
    const target = lanes[lanes.findIndex((other) => other === lane) + by];
    const place =
      lane === null || lane === undefined
        ? 0
        : [...lane.querySelectorAll('button')].findIndex((bar) => bar === bars[at]);
    const inTarget = [...(target?.querySelectorAll<HTMLElement>('button') ?? [])];
    return inTarget[Math.min(place, inTarget.length - 1)];
  };
  const next = {
    ArrowRight: () => bars[at + 1],
    ArrowLeft: () => bars[at - 1],
    ArrowDown: () => firstOf(1),
    ArrowUp: () => firstOf(-1),
    Home: () => bars[0],
    End: () => bars.at(-1),
  }[event.key];
  if (next === undefined) return;
  event.preventDefault();
  next()?.focus();
}

function describe({ span }: TimelineLayout, clock: string): string {
  if (span !== null) return t('{{length}} on the clock {{clock}}', { length: formatSeconds(span.t1 - span.t0), clock });
  return t('Each epoch runs on its own device clock: they stand one after the other by number.');
}

function describePlacing(
  { status, error }: ReturnType<typeof usePlacedEpochs>,
  timeline: TimelineLayout,
  { device, clock }: DeviceClock,
): string {
  if (status === 'loading') return t('Relating the clocks of the devices…');
  if (status === 'failed') return error.message;
  if (timeline.span !== null) return describe(timeline, `${device}: ${clock}`);
  return t('Each epoch of {{device}} with all that ran during it, by the sync graph; they stand one after the other.', {
    device,
  });
}

function referenceKey({ device, clock }: DeviceClock): string {
  return `${device}/${clock}`;
}

function clockWords(type: string): string {
  return type === LOCAL_CLOCK ? t('Device time of each epoch ({{clock}})', { clock: type }) : type;
}

/** Names the epoch of a device in which stimuli were shown. */
function stimuliKey({ device, epochId }: { readonly device: string; readonly epochId: string }): string {
  return `${device}\0${epochId}`;
}

function epochKey(epoch: Epoch): string {
  return `${epoch.device}\0${epoch.epochId}\0${epoch.number}`;
}
