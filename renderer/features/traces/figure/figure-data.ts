import { unitSign, shownTraces } from '../model/settings.ts';
import { readToken } from '../../../style/data-colors.ts';
import { t } from '../../../texts/translate.ts';
import { colorIndex } from '../model/colors.ts';
import { readPalette } from '../draw/palette.ts';
import { channelsOf, coverOf, type TraceState } from '../trace-store.ts';

/** More panels than this cannot be read in one figure. */
export const MOST_FIGURE_CHANNELS = 16;

export interface Figure {
  readonly data: readonly object[];
  readonly layout: object;
  /** Channels that are shown in the view but not in the figure. */
  readonly left: number;
}

/** A figure of the visible range: one panel a channel over a common time axis, in physical units. */
export function figureOf(state: TraceState, title: string): Figure {
  const palette = readPalette();
  const traces = shownTraces(state.info, state.settings);
  const shown = traces.slice(0, MOST_FIGURE_CHANNELS);
  const ink = readToken('--ndi-text');
  const axes: Record<string, object> = {};
  const height = 1 / Math.max(1, shown.length);
  const data = shown.map((channel, index) => {
    const place = index === 0 ? '' : String(index + 1);
    axes[`yaxis${place}`] = {
      title: { text: `${channel.name}<br>${unitSign(channel.units)}`, font: { size: 10 } },
      domain: [1 - (index + 1) * height + 0.01, 1 - index * height],
      gridcolor: palette.grid,
      zeroline: false,
      ...(state.settings.inverted ? { autorange: 'reversed' } : {}),
    };
    const { x, y } = pointsOf(state, channel.name);
    const color = palette.data[colorIndex(state.info)(channel.name)] ?? palette.axis;
    return { type: 'scatter', mode: 'lines', x, y, name: channel.name, yaxis: `y${place}`, line: { color, width: 1 } };
  });
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
      anchor: `y${shown.length > 1 ? shown.length : ''}`,
      exponentformat: 'none',
    },
    ...axes,
  };
  return { data, layout, left: traces.length - shown.length };
}

/** The drawn values of a channel as points: samples as they are, columns as a line from minimum to maximum. */
export function pointsOf(state: TraceState, name: string): { x: number[]; y: (number | null)[] } {
  const x: number[] = [];
  const y: (number | null)[] = [];
  for (const { frame, from, to } of coverOf(state).pieces) {
    const channel = channelsOf(frame).get(name);
    for (const run of channel?.runs ?? []) {
      const envelope = channel?.mode === 'envelope';
      for (let index = 0; index < run.count; index += 1) {
        const time = run.t0 + index * run.dt;
        if (time < from || time > to) continue;
        const value = frame.body[run.at + index] ?? NaN;
        x.push(time);
        y.push(Number.isFinite(value) ? value : null);
        if (!envelope) continue;
        const most = frame.body[run.at + run.count + index] ?? NaN;
        x.push(time + run.dt / 2);
        y.push(Number.isFinite(most) ? most : null);
      }
      // Nothing joins two runs.
      if (x.length > 0) {
        x.push(x.at(-1) ?? 0);
        y.push(null);
      }
    }
  }
  return { x, y };
}

/** Plotly reads a little markup in texts; a file's name is not markup. */
export function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
