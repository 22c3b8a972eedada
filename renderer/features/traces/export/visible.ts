import type { SignalTimes } from '../../../../shared/contract/sync.ts';
import { madeBy } from '../../../state/made-by.ts';
import { channelsOf, coverOf, type TraceState } from '../trace-store.ts';
import { colorIndex } from '../model/colors.ts';
import { readPalette } from '../draw/palette.ts';
import { processingText } from '../model/processing.ts';
import { shownEvents, shownTraces, unitSign } from '../model/settings.ts';
import { unitsById } from '../model/units.ts';
import { timeNote } from './on-clock.ts';
import type { VisibleLine } from './visible-line.ts';

/** The lines on the screen: samples where they are shown, else the minimum and the maximum of every column. */
export function visibleLines(state: TraceState): VisibleLine[] {
  const palette = readPalette();
  const { pieces } = coverOf(state);
  return shownTraces(state.info, state.settings).map((channel) => {
    const x: number[] = [];
    const y: number[] = [];
    for (const { frame, from, to } of pieces) {
      const found = channelsOf(frame).get(channel.name);
      for (const run of found?.runs ?? []) {
        for (let index = 0; index < run.count; index++) {
          const time = run.t0 + index * run.dt;
          if (time < from || time > to) continue;
          x.push(time);
          y.push(frame.body[run.at + index] ?? NaN);
          if (found?.mode !== 'envelope') continue;
          x.push(time + run.dt / 2);
          y.push(frame.body[run.at + run.count + index] ?? NaN);
        }
        x.push(run.t0 + run.count * run.dt);
        y.push(NaN);
      }
    }
    const color = palette.data[colorIndex(state.info, state.settings)(channel.name)] ?? palette.axis;
    return { name: channel.name, label: channel.label, units: unitSign(channel.units), color, x, y };
  });
}

/** Where what is exported comes from, a line for each fact. @param times the other clock on which times are told */
export async function provenance(state: TraceState, times: SignalTimes | null): Promise<string[]> {
  const { source, info, range, settings, otherEvents } = state;
  const channels = shownTraces(info, settings).map((channel) => channel.name);
  const events = [
    ...shownEvents(info, settings).map((channel) => channel.name),
    ...(otherEvents === null ? [] : [otherEvents.name]),
  ];
  const known = unitsById(state.units);
  const units = settings.units.shown.flatMap((id) => known.get(id)?.name ?? []);
  const processing = processingText(settings.processing);
  return [
    await madeBy(),
    `Source: ${source.path}${source.element === undefined ? '' : `, element ${source.element}`}${source.device === undefined ? '' : `, device ${source.device}`}${source.epoch === undefined ? '' : `, epoch ${source.epoch}`} (${info.formatName})`,
    timeNote(range, times),
    `Channels: ${channels.join(', ')}`,
    ...(events.length === 0 ? [] : [`Events: ${events.join(', ')}`]),
    ...(units.length === 0 ? [] : [`Spikes of: ${units.join(', ')}`]),
    ...(processing === '' ? [] : [`Processing: ${processing}`]),
  ];
}
