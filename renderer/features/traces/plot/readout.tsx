import { useStore } from 'zustand';
import { shortcutLabel } from '../../../state/shortcuts.ts';
import { formatNumber, formatSeconds, t } from '../../../texts/translate.ts';
import { unitSign } from '../model/settings.ts';
import { formatTime } from '../model/time-axis.ts';
import { shownDigits, shownValue, type ShownValue } from '../model/value-at.ts';
import { useSummary } from '../summary.ts';
import type { Cursor, TraceState, TraceStore } from '../trace-store.ts';
import classes from './readout.module.css';

/** The line below the traces: what is read under the pointer and at the cursors, and the keys. */
export function Readout({ store }: { readonly store: TraceStore }) {
  const hover = useStore(store, (state) => describe(state, state.hover));
  const cursor = useStore(store, (state) => describe(state, state.cursor));
  const measured = useStore(store, measure);
  const linked = useStore(store, ({ linked: time, range, width }) => {
    return time === null ? '' : t('Pointed to elsewhere: {{time}}', { time: formatTime(time, range, width) });
  });
  return (
    <footer className={classes.footer}>
      <div className={classes.values}>
        {hover !== '' && <span data-testid="hover-readout">{hover}</span>}
        <span className={classes.cursor} role="status" data-testid="cursor-readout">
          {[cursor, measured].filter(Boolean).join(' · ')}
        </span>
        {linked !== '' && <span data-testid="linked-readout">{linked}</span>}
        {hover === '' && cursor === '' && linked === '' && <Summary store={store} />}
      </div>
      <div className={classes.keys} aria-hidden>
        {keyStrip()}
      </div>
    </footer>
  );
}

function Summary({ store }: { readonly store: TraceStore }) {
  return <span className={classes.summary}>{useSummary(store)}</span>;
}

function keyStrip(): string {
  const mod = shortcutLabel('mod+x').replace(/\+?X$/, '');
  return [
    t('Wheel zoom'),
    t('Shift+wheel pan'),
    t('{{mod}}+wheel gain', { mod }),
    t('Drag pan'),
    t('Alt+drag box'),
    t('Double-click fit'),
    t('Shift+←→ cursor'),
    t('M measure'),
    t('N band'),
    t('B bookmark'),
    t('U units'),
    t('T table'),
    t(': commands'),
  ].join('  ·  ');
}

/** `12.345 s · ai3 −12.5 µV`. */
function describe(state: TraceState, place: Cursor | null): string {
  if (place === null) return '';
  const { range, width, info } = state;
  const parts = [formatTime(place.time, range, width)];
  const channel = info.channels.find(({ name }) => name === place.channel);
  if (channel === undefined) return parts.join('');
  const label = channel.label === '' || channel.label === channel.name ? '' : ` (${channel.label})`;
  const value = shownValue(state, channel.name, place.time);
  const unit = unitSign(channel.units);
  const number = (shown: number) => formatNumber(shownDigits(shown));
  const words =
    value === undefined ? '' : value.raw ? number(value.min) : `${number(value.min)} … ${number(value.max)}`;
  parts.push(`${channel.name}${label}`, `${words} ${words === '' ? '' : unit}`.trim());
  return parts.filter(Boolean).join(' · ');
}

/** Of two samples their difference; of columns the least and the greatest that it can be. */
function differenceOf(here: ShownValue, there: ShownValue): string {
  const [least, most] = [here.min - there.max, here.max - there.min];
  const number = (value: number) => formatNumber(shownDigits(value));
  return here.raw && there.raw ? number(least) : `${number(least)} … ${number(most)}`;
}

function measure(state: TraceState): string {
  const { mark, cursor, hover } = state;
  const place = cursor ?? hover;
  if (mark === null || place === null || place.time === mark.time) return '';
  const dt = place.time - mark.time;
  const parts = [`Δt ${formatSeconds(dt)}`, `1/Δt ${formatNumber(Number((1 / Math.abs(dt)).toPrecision(4)))} Hz`];
  const channel = state.info.channels.find(({ name }) => name === place.channel);
  const here = shownValue(state, place.channel ?? '', place.time);
  const there = shownValue(state, mark.channel ?? '', mark.time);
  const other = state.info.channels.find(({ name }) => name === mark.channel);
  if (here !== undefined && there !== undefined && channel?.units === other?.units) {
    parts.push(`ΔV ${differenceOf(here, there)} ${unitSign(channel?.units ?? '')}`.trim());
  }
  return parts.join(' · ');
}
