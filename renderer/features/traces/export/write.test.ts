import { parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import { linesToCode, linesToCsv, linesToParquet, linesToSvg } from './write.ts';
import type { VisibleLine } from './visible-line.ts';

const line = (name: string, x: number[], y: number[]): VisibleLine => ({
  name,
  label: '',
  units: 'µV',
  color: '#0072b2',
  x,
  y,
});
const lines = [line('ai1', [0, 0.5, 1, 1.5], [1, -2.5, NaN, 4]), line("ai'2", [0, 0.5], [7, 8])];
const notes = ['Made by a test', 'Source: /data/<a> & "b"'];

it('writes CSV with the notes above and nothing where there is no value', () => {
  expect(linesToCsv(lines, notes).split('\n')).toEqual([
    '# Made by a test',
    '# Source: /data/<a> & "b"',
    "time (s),ai1 (µV),ai'2 (µV)",
    '0,1,7',
    '0.5,-2.5,8',
    '1.5,4,',
    '',
  ]);
});

it('writes Parquet that another reader reads', async () => {
  const rows = await parquetReadObjects({ file: await linesToParquet(lines, notes) });
  expect(rows).toEqual([
    { 'time (s)': 0, 'ai1 (µV)': 1, "ai'2 (µV)": 7 },
    { 'time (s)': 0.5, 'ai1 (µV)': -2.5, "ai'2 (µV)": 8 },
    { 'time (s)': 1.5, 'ai1 (µV)': 4, "ai'2 (µV)": null },
  ]);
});

it('writes SVG that is well formed and breaks lines at gaps', () => {
  const svg = linesToSvg(lines, notes, { t0: 0, t1: 2 }, { background: '#fff', text: '#000' });
  expect(svg).toContain('/data/&lt;a&gt; &amp; &quot;b&quot;');
  expect(svg.match(/d="(M[^"]*)"/)?.[1]?.match(/M/g)?.length).toBe(2);
});

it('writes code that draws the lines', () => {
  expect(linesToCode(lines, notes, 'python')).toContain('axes[0, 0].plot([0, 0.5, 1, 1.5], [1, -2.5, nan, 4])');
  expect(linesToCode(lines, notes, 'matlab')).toContain("ylabel('ai''2 (µV)');");
  expect(linesToCode(lines, notes, 'matlab')).toContain('plot([0 0.5 1 1.5], [1 -2.5 NaN 4]);');
  const figure = JSON.parse(linesToCode(lines, notes, 'plotly')) as { data: { y: unknown[] }[]; layout: object };
  expect(figure.data[0]?.y).toEqual([1, -2.5, null, 4]);
  expect(figure.layout).toMatchObject({ meta: notes, yaxis2: { domain: [0, 0.5] } });
});
