import { parquetReadObjects } from 'hyparquet';
import { expect, it } from 'vitest';
import { linesToSvg, toCsv, toParquet } from './write.ts';
import type { VisibleColumn, VisibleLine } from './visible-line.ts';

const line = (name: string, x: number[], y: number[]): VisibleLine => ({
  name,
  label: '',
  units: 'µV',
  color: '#0072b2',
  x,
  y,
});
const lines = [line('ai1', [0, 0.5, 1, 1.5], [1, -2.5, NaN, 4]), line("ai'2", [0, 0.5], [7, 8])];
const marks: VisibleColumn[] = [
  { name: 'text1', units: 'event', color: '', x: [0.5, 0.5], y: ['go, now', 'stop'] },
  { name: 'unit 1', units: 'spike', color: '#d55e00', x: [0.5], y: [1] },
];
const notes = ['Made by a test', 'Source: /data/<a> & "b"'];

it('writes CSV with the notes above and nothing where there is no value', () => {
  expect(toCsv(lines, notes).split('\n')).toEqual([
    '# Made by a test',
    '# Source: /data/<a> & "b"',
    "time (s),ai1 (µV),ai'2 (µV)",
    '0,1,7',
    '0.5,-2.5,8',
    '1.5,4,',
    '',
  ]);
});

it('writes events and spikes beside the lines, and two of one channel at one time in two rows', async () => {
  expect(
    toCsv([...lines.slice(0, 1), ...marks], [])
      .split('\n')
      .slice(0, 4),
  ).toEqual(['time (s),ai1 (µV),text1 (event),unit 1 (spike)', '0,1,,', '0.5,-2.5,"go, now",1', '0.5,,stop,']);
  const [row] = await parquetReadObjects({ file: await toParquet(marks, notes) });
  expect(row).toEqual({ 'time (s)': 0.5, 'text1 (event)': 'go, now', 'unit 1 (spike)': 1 });
});

it('writes Parquet that another reader reads', async () => {
  const rows = await parquetReadObjects({ file: await toParquet(lines, notes) });
  expect(rows).toEqual([
    { 'time (s)': 0, 'ai1 (µV)': 1, "ai'2 (µV)": 7 },
    { 'time (s)': 0.5, 'ai1 (µV)': -2.5, "ai'2 (µV)": 8 },
    { 'time (s)': 1.5, 'ai1 (µV)': 4, "ai'2 (µV)": null },
  ]);
});

it('writes SVG that is well formed and breaks lines at gaps', () => {
  const svg = linesToSvg(lines, marks, notes, { t0: 0, t1: 2 }, { background: '#fff', text: '#000' });
  expect(svg).toContain('<title>unit 1 (spike)</title>');
  expect(svg).toContain('/data/&lt;a&gt; &amp; &quot;b&quot;');
  expect(svg.match(/d="(M[^"]*)"/)?.[1]?.match(/M/g)?.length).toBe(2);
});
