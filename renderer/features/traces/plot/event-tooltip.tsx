import { useStore } from 'zustand';
import { eventLabel } from '../model/event-label.ts';
import { formatTime } from '../model/time-axis.ts';
import { xIn, type PlotLayout } from '../model/layout.ts';
import type { TraceState, TraceStore } from '../trace-store.ts';
import type { SignalEvent } from '../../../../shared/contract/recordings.ts';
import classes from './plot.module.css';

/** An event this near to the pointer is meant. */
const REACH_PX = 5;

/** Says which event is under the pointer. */
export function EventTooltip({ store, layout }: { readonly store: TraceStore; readonly layout: PlotLayout }) {
  const event = useStore(store, (state) => eventUnder(state, layout));
  return event === undefined ? null : <Tooltip store={store} layout={layout} event={event} />;
}

interface TooltipProps {
  readonly store: TraceStore;
  readonly layout: PlotLayout;
  readonly event: SignalEvent;
}

function Tooltip({ store, layout, event }: TooltipProps) {
  const range = useStore(store, (state) => state.range);
  const at = useStore(store, (state) => state.hover?.column ?? 0);
  const { info } = store.getState();
  const column = layout.columns[at] ?? layout.columns[0];
  const row = layout.eventRows.find(({ channel }) => channel.name === event.channel);
  if (row === undefined || column === undefined) return null;
  const left = xIn(column, range, event.time);
  const onRight = left > layout.width / 2;
  return (
    <div
      className={classes.tooltip}
      role="tooltip"
      style={{ bottom: layout.height - row.top + 2, ...(onRight ? { right: layout.width - left } : { left }) }}
      translate="no"
    >
      {`${event.channel} · ${formatTime(event.time, range, layout.width)} · ${eventLabel(info, row.channel, event.value)}`}
      {row.channel.label !== '' && row.channel.label !== event.channel ? ` · ${row.channel.label}` : ''}
    </div>
  );
}

function eventUnder({ hover, events, range }: TraceState, layout: PlotLayout): SignalEvent | undefined {
  if (hover === null || !layout.eventRows.some(({ channel }) => channel.name === hover.channel)) return undefined;
  const reach = ((range.t1 - range.t0) / Math.max(1, layout.width)) * REACH_PX;
  let nearest: SignalEvent | undefined;
  for (const event of events?.events ?? []) {
    const distance = Math.abs(event.time - hover.time);
    if (event.channel !== hover.channel || distance > reach) continue;
    if (nearest === undefined || distance < Math.abs(nearest.time - hover.time)) nearest = event;
  }
  return nearest;
}
