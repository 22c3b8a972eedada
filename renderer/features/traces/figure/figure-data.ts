import { unitSign, shownTraces } from '../model/settings.ts';
import { escapeMarkup } from '../../../components/plotly/markup.ts';
import { readToken } from '../../../style/data-colors.ts';
import { t } from '../../../texts/translate.ts';
import { colorIndex } from '../model/colors.ts';
import { readPalette } from '../draw/palette.ts';
import { channelsOf, coverOf, type TraceState } from '../trace-store.ts';
import { distinct, type VisibleColumn } from '../export/visible-line.ts';

/** More panels than this cannot be read in one figure. */
const MOST_FIGURE_CHANNELS = 16;
/** Points of all panels together: more of them take seconds to lay out and cannot be told apart on the page. */
const MOST_POINTS = 32_000;
/** A panel has no room for more ticks once there are many panels. */
const MANY_PANELS = 6;

export interface Figure {
  readonly data: readonly object[];
  readonly layout: object;
  /** Channels that are shown in the view but not in the figure. */
  readonly left: number;
}

/**
 * A figure of the visible range: one panel a channel over a common time axis, in physical units, and one below for the
 * events and spikes.
 */
export function figureOf(state: TraceState, title: string, marks: readonly VisibleColumn[]): Figure {
  const palette = readPalette();
  const traces = shownTraces(state.info, state.settings);
  const shown = traces.slice(0, MOST_FIGURE_CHANNELS);
  const ink = readToken('--ndi-text');
  const axes: Record<string, object> = {};
  const panels = shown.length + (marks.length > 0 ? 1 : 0);
  const height = 1 / Math.max(1, panels);
  const data = shown.map((channel, index) => {
    const place = index === 0 ? '' : String(index + 1);
    axes[`yaxis${place}`] = {
      title: { text: `${channel.name}<br>${unitSign(channel.units)}`, font: { size: 10 } },
      domain: [1 - (index + 1) * height + 0.01, 1 - index * height],
      gridcolor: palette.grid,
      zeroline: false,
      nticks: shown.length > MANY_PANELS ? 3 : 6,
      ...(state.settings.inverted ? { autorange: 'reversed' } : {}),
    };
    const { x, y } = pointsOf(state, channel.name, MOST_POINTS / shown.length);
    const color = palette.data[colorIndex(state.info, state.settings)(channel.name)] ?? palette.axis;
    return { type: 'scatter', mode: 'lines', x, y, name: channel.name, yaxis: `y${place}`, line: { color, width: 1 } };
  });
  const names = distinct(marks.map(({ name }) => escapeMarkup(name)));
  const last = panels > 1 ? String(panels) : '';
  if (marks.length > 0) {
    axes[`yaxis${last}`] = {
      type: 'category',
      categoryarray: [...names].reverse(),
      // Rows without a mark in view have their place, too.
      range: [-0.5, names.length - 0.5],
      domain: [0, height - 0.01],
      tickfont: { size: 10 },
      gridcolor: palette.grid,
    };
  }
  const ticks = marks.map(({ color, x, y }, row) => ({
    type: 'scatter',
    mode: 'markers',
    x: [...x],
    y: x.map(() => names[row]),
    name: names[row],
    yaxis: `y${last}`,
    text: y.map((value) => (value === 1 ? '' : escapeMarkup(String(value)))),
    marker: { symbol: 'line-ns-open', color, size: 8 },
  }));
  const layout = {
    title: { text: escapeMarkup(title), font: { size: 13 } },
    showlegend: false,
    paper_bgcolor: palette.background,
    plot_bgcolor: palette.background,
    font: { color: ink, size: 11 },
    margin: { l: 64, r: 16, t: 36, b: 40 },
    xaxis: {
      title: { text: t('Time (s)') },
      range: [state.range.t0, state.range.t1],
      gridcolor: palette.grid,
      anchor: `y${last}`,
      exponentformat: 'none',
    },
    ...axes,
  };
  return { data: [...data, ...ticks], layout, left: traces.length - shown.length };
}

/**
 * The drawn values of a channel as points: samples as they are, columns as a line from minimum to maximum. Where there
 * are more than `most`, neighbours are joined into wider columns, so that no extreme is lost.
 */
export function pointsOf(state: TraceState, name: string, most: number): { x: number[]; y: (number | null)[] } {
  const x: number[] = [];
  const y: (number | null)[] = [];
  const add = (time: number, value: number) => {
    x.push(time);
    y.push(Number.isFinite(value) ? value : null);
  };
  for (const { frame, from, to } of coverOf(state).pieces) {
    const channel = channelsOf(frame).get(name);
    const share = ((to - from) / (state.range.t1 - state.range.t0)) * most;
    for (const run of channel?.runs ?? []) {
      const first = Math.max(0, Math.ceil((from - run.t0) / run.dt));
      const last = Math.min(run.count - 1, Math.floor((to - run.t0) / run.dt));
      const second = channel?.mode === 'envelope' ? run.count : 0;
      const together = Math.max(1, Math.ceil(((last - first + 1) * 2) / Math.max(2, share)));
      const asTheyAre = second === 0 && (last - first + 1 <= share || together === 1);
      for (let index = first; index <= last; index += asTheyAre ? 1 : together) {
        const time = run.t0 + index * run.dt;
        if (asTheyAre) {
          add(time, frame.body[run.at + index] ?? NaN);
          continue;
        }
        const count = Math.min(together, last - index + 1);
        const { min, max } = extremesOf(frame.body, run.at + index, second, count);
        add(time, min);
        add(time + (run.dt * count) / 2, max);
      }
      // Nothing joins two runs.
      if (x.length > 0) add(x.at(-1) ?? 0, NaN);
    }
  }
  return { x, y };
}

/** Least and greatest of some neighbours; NaN where none of them is finite. `second` leads from minima to maxima. */
function extremesOf(body: Float32Array, at: number, second: number, count: number): { min: number; max: number } {
  let min = Infinity;
  let max = -Infinity;
  for (let index = at; index < at + count; index += 1) {
    const lower = body[index] ?? NaN;
    const upper = body[index + second] ?? NaN;
    if (lower < min) min = lower;
    if (upper > max) max = upper;
  }
  return min <= max ? { min, max } : { min: NaN, max: NaN };
}
