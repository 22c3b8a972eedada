import { NativeSelect } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { timeOnLines } from '../../../../shared/model/clock-lines.ts';
import { formatNumber, formatSeconds, plural, t } from '../../../texts/translate.ts';
import { rangeOf, type TraceStore } from '../trace-store.ts';
import { useCalmly } from '../use-calmly.ts';
import type { OtherDevice } from '../model/other-clocks.ts';
import { useOtherDevices, useOtherEvents } from './use-other-devices.ts';
import classes from './other-devices.module.css';

interface OtherDevicesRowProps {
  readonly store: TraceStore;
  readonly visible: boolean;
}

/** Ticks are told apart no closer than this share of the view. */
const FINEST = 1 / 4000;

/** Events of another device over the traces, converted by the sync graph, and the cursor's time on every clock. */
export function OtherDevicesRow({ store, visible }: OtherDevicesRowProps) {
  const source = useStore(store, (state) => state.source);
  const range = useCalmly(store, rangeOf);
  const [chosen, setChosen] = useState('');
  const others = useOtherDevices(source, visible);
  useEffect(() => {
    store.setState({ others });
  }, [store, others]);
  const choices = others.flatMap((other) =>
    other.channels.map((channel) => ({ key: `${other.device}/${channel}`, other, channel })),
  );
  const choice = choices.find(({ key }) => key === chosen);
  const events = useOtherEvents(source, choice?.other, choice?.channel ?? '');
  const times = events.value?.times;
  useEffect(() => {
    store.setState({ otherEvents: times === undefined || chosen === '' ? null : { name: chosen, times } });
  }, [store, chosen, times]);
  if (others.length === 0) return null;
  const shown = times?.filter((one) => one >= range.t0 && one <= range.t1) ?? [];
  const words =
    choice === undefined
      ? ''
      : plural(shown.length, '{{count}} event of {{channel}} in view', '{{count}} events of {{channel}} in view', {
          channel: chosen,
        });
  return (
    <div className={classes.row} role="group" aria-label={t('Other devices')}>
      <div className={classes.head}>
        <NativeSelect
          size="xs"
          aria-label={t('Events of another device')}
          value={choice === undefined ? '' : chosen}
          data={[
            { value: '', label: t('Events of another device…') },
            ...choices.map(({ key, other, channel }) => ({ value: key, label: `${other.device}: ${channel}` })),
          ]}
          onChange={(event) => setChosen(event.currentTarget.value)}
        />
        <span className={classes.quiet}>
          {events.status === 'failed' ? events.error.message : words}
          {events.value?.cut === true && ` ${t('There are more than can be shown.')}`}
        </span>
        <OtherTimes store={store} others={others} />
      </div>
      {choice !== undefined && <Ticks store={store} times={times ?? []} label={words} />}
    </div>
  );
}

/** The only part that follows the pointer: the row beside it may hold many thousand events. */
function OtherTimes({ store, others }: { readonly store: TraceStore; readonly others: readonly OtherDevice[] }) {
  const time = useStore(store, (state) => (state.hover ?? state.cursor)?.time ?? null);
  return (
    <span className={classes.times} data-testid="other-clocks">
      {others.map((other) => clockWords(other, time)).join(' · ')}
    </span>
  );
}

/** The time on the other device's clock; without one, whether there is a way at all. */
function clockWords({ device, times, error }: OtherDevice, time: number | null): string {
  if (times === null) return t('{{device}}: {{why}}', { device, why: error?.message ?? '' });
  if (time === null) return '';
  const there = timeOnLines(times.lines, time);
  if (there === null) return t('{{device}}: no epoch then', { device });
  const { errorSec } = times;
  return t('{{time}} s{{error}} on {{clock}} of {{device}}', {
    time: formatNumber(there, 6),
    // How far a time may be off that was moved to another clock.
    error: errorSec === null || errorSec === 0 ? '' : ` ± ${formatSeconds(errorSec)}`,
    clock: times.to.clock,
    device,
  });
}

interface TicksProps {
  readonly store: TraceStore;
  readonly times: readonly number[];
  readonly label: string;
}

function Ticks({ store, times, label }: TicksProps) {
  const range = useStore(store, rangeOf);
  const length = range.t1 - range.t0;
  const shown = times.filter((time) => time >= range.t0 && time <= range.t1);
  const places = new Set(shown.map((time) => Math.round((time - range.t0) / length / FINEST) * FINEST));
  const path = [...places].map((x) => `M${(x * 1000).toFixed(2)} 1V13`).join('');
  return (
    <svg className={classes.ticks} viewBox="0 0 1000 14" preserveAspectRatio="none" role="img" aria-label={label}>
      <path d={path} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
