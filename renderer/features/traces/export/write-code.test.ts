import { expect, it } from 'vitest';
import { toCode } from './write-code.ts';
import type { VisibleColumn, VisibleLine } from './visible-line.ts';

const line = (name: string, x: number[], y: number[]): VisibleLine => {
  return { name, label: '', units: 'µV', color: '#0072b2', x, y };
};
const lines = [line('ai1', [0, 0.5, 1, 1.5], [1, -2.5, NaN, 4]), line("ai'2", [0, 0.5], [7, 8])];
const marks: VisibleColumn[] = [
  { name: 'text1', units: 'event', color: '#111', x: [0.5, 0.7], y: ["go, 'now'", 'stop\n"x"'] },
  { name: 'unit 1', units: 'spike', color: '#d55e00', x: [0.5], y: [1] },
];
const notes = ['Made by a test', 'Source: /data/a\nb = 1'];
const seen = { lines, marks };

it('writes MATLAB with the lines, and a row for each channel of events and each unit', () => {
  const code = toCode(seen, notes, 'matlab');
  expect(code).toContain('% Source: /data/a b = 1');
  expect(code).toContain('plot([0 0.5 1 1.5], [1 -2.5 NaN 4]);');
  expect(code).toContain("ylabel('ai''2 (µV)');");
  expect(code).toContain('tiledlayout(3, 1,');
  expect(code).toContain("names = {'text1 (event)', 'unit 1 (spike)'};");
  expect(code).toContain('times = {[0.5 0.7], [0.5]};');
  expect(code).toContain(`values = {{'go, ''now''', 'stop "x"'}, {1}};`);
});

it('writes Python with the lines, and the times of the marks by their names', () => {
  const code = toCode(seen, notes, 'python');
  expect(code).toContain('# Source: /data/a b = 1');
  expect(code).toContain('axes[0, 0].plot([0, 0.5, 1, 1.5], [1, -2.5, nan, 4])');
  expect(code).toContain('plt.subplots(3, 1,');
  expect(code).toContain('    "text1 (event)": [0.5, 0.7],\n    "unit 1 (spike)": [0.5],');
  expect(code).toContain(String.raw`    "text1 (event)": ["go, 'now'", "stop\n\"x\""],`);
});

it('writes a plotly figure with the marks in a panel of their own', () => {
  const figure = JSON.parse(toCode(seen, notes, 'plotly')) as { data: Record<string, unknown>[]; layout: object };
  expect(figure.data[0]).toMatchObject({ y: [1, -2.5, null, 4], yaxis: 'y' });
  expect(figure.data[2]).toMatchObject({ x: [0.5, 0.7], yaxis: 'y3', text: ["go, 'now'", 'stop\n"x"'] });
  expect(figure.data[3]).not.toHaveProperty('text');
  expect(figure.layout).toMatchObject({ meta: notes, yaxis3: { type: 'category' } });
});

it('keeps two units of one name apart', () => {
  const twins = [marks[1]!, { ...marks[1]!, x: [0.9] }];
  expect(toCode({ lines, marks: twins }, [], 'python')).toContain(
    '    "unit 1 (spike)": [0.5],\n    "unit 1 (spike) [2]": [0.9],',
  );
  expect(toCode({ lines, marks: twins }, [], 'plotly')).toContain('"y":["unit 1 (spike) [2]"]');
});

it('draws marks alone where there are no lines, and no empty row where there are no marks', () => {
  expect(toCode({ lines: [], marks }, notes, 'python')).toContain('plt.subplots(1, 1,');
  expect(toCode({ lines: [], marks }, notes, 'plotly')).toContain('"yaxis":{"type":"category"');
  expect(toCode({ lines, marks: [] }, notes, 'matlab')).not.toContain('times =');
});
