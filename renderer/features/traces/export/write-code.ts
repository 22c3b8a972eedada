import { distinct, type VisibleColumn, type VisibleLine } from './visible-line.ts';

export type CodeLanguage = 'matlab' | 'python' | 'plotly';

/** What is seen: lines one above the other, and below them a row of ticks for each channel of events and each unit. */
interface Seen {
  readonly lines: readonly VisibleLine[];
  readonly marks: readonly VisibleColumn[];
}

/** Code that draws what is seen again, with the notes above. */
export function toCode(seen: Seen, notes: readonly string[], language: CodeLanguage): string {
  if (language === 'matlab') return toMatlab(seen, notes);
  return language === 'python' ? toPython(seen, notes) : toPlotly(seen, notes);
}

const labelOf = ({ name, units }: VisibleColumn) => (units === '' ? name : `${name} (${units})`);
const labelsOf = (marks: readonly VisibleColumn[]) => distinct(marks.map(labelOf));
/** Of most events nothing is known but their time: their values are 1. */
const hasValues = ({ y }: VisibleColumn) => y.some((value) => value !== 1);
const inOneLine = (text: string) => text.replaceAll(/[\r\n]+/g, ' ');

function toMatlab({ lines, marks }: Seen, notes: readonly string[]): string {
  const number = (value: number) => (Number.isNaN(value) ? 'NaN' : String(value));
  const text = (value: string) => `'${inOneLine(value).replaceAll("'", "''")}'`;
  const list = (values: readonly number[]) => `[${values.map(number).join(' ')}]`;
  const cell = (values: readonly string[]) => `{${values.join(', ')}}`;
  const valuesOf = ({ y }: VisibleColumn) => cell(y.map((one) => (typeof one === 'number' ? number(one) : text(one))));
  return [
    ...notes.map((note) => `% ${inOneLine(note)}`),
    'figure;',
    `tiledlayout(${lines.length + (marks.length > 0 ? 1 : 0)}, 1, 'TileSpacing', 'none');`,
    ...lines.flatMap((line) => [
      'nexttile;',
      `plot(${list(line.x)}, ${list(line.y)});`,
      `ylabel(${text(labelOf(line))});`,
    ]),
    ...(marks.length === 0
      ? []
      : [
          `names = ${cell(labelsOf(marks).map(text))};`,
          `times = ${cell(marks.map(({ x }) => list(x)))};`,
          ...(marks.some(hasValues) ? [`values = ${cell(marks.map(valuesOf))};`] : []),
          'nexttile; hold on;',
          'for row = 1:numel(times)',
          "    plot([times{row}; times{row}], row + repmat([-0.4; 0.4], 1, numel(times{row})), 'k');",
          'end',
          "set(gca, 'YDir', 'reverse', 'YTick', 1:numel(names), 'YTickLabel', names);",
        ]),
    "xlabel('Time (s)');",
    "linkaxes(findobj(gcf, 'Type', 'axes'), 'x');",
    '',
  ].join('\n');
}

function toPython({ lines, marks }: Seen, notes: readonly string[]): string {
  const value = (one: number | string) =>
    typeof one === 'string' ? JSON.stringify(one) : Number.isNaN(one) ? 'nan' : String(one);
  const list = (values: readonly (number | string)[]) => `[${values.map(value).join(', ')}]`;
  const labels = labelsOf(marks);
  const table = (name: string, of: (mark: VisibleColumn) => readonly (number | string)[]) => [
    `${name} = {`,
    ...marks.map((mark, row) => `    ${JSON.stringify(labels[row])}: ${list(of(mark))},`),
    '}',
  ];
  return [
    ...notes.map((note) => `# ${inOneLine(note)}`),
    'from math import nan',
    'import matplotlib.pyplot as plt',
    '',
    `figure, axes = plt.subplots(${lines.length + (marks.length > 0 ? 1 : 0)}, 1, sharex=True, squeeze=False)`,
    ...lines.flatMap((line, index) => [
      `axes[${index}, 0].plot(${list(line.x)}, ${list(line.y)})`,
      `axes[${index}, 0].set_ylabel(${JSON.stringify(labelOf(line))})`,
    ]),
    ...(marks.length === 0
      ? []
      : [
          ...table('times', ({ x }) => x),
          ...(marks.some(hasValues) ? table('values', ({ y }) => y) : []),
          'axes[-1, 0].eventplot(list(times.values()), lineoffsets=range(len(times)), linelengths=0.8)',
          'axes[-1, 0].set_yticks(range(len(times)), list(times))',
          'axes[-1, 0].invert_yaxis()',
        ]),
    'axes[-1, 0].set_xlabel("Time (s)")',
    'plt.show()',
    '',
  ].join('\n');
}

function toPlotly({ lines, marks }: Seen, notes: readonly string[]): string {
  const rows = lines.length + (marks.length > 0 ? 1 : 0);
  const place = (row: number) => (row === 0 ? '' : String(row + 1));
  const domain = (row: number) => [1 - (row + 1) / rows, 1 - row / rows];
  const drawn = lines.map(({ name, color, x, y }, row) => ({
    type: 'scatter',
    mode: 'lines',
    name,
    x,
    y: y.map((value) => (Number.isNaN(value) ? null : value)),
    yaxis: `y${place(row)}`,
    line: { color },
  }));
  const labels = labelsOf(marks);
  const ticks = marks.map((mark, row) => ({
    type: 'scatter',
    mode: 'markers',
    name: mark.name,
    x: mark.x,
    y: mark.x.map(() => labels[row]),
    yaxis: `y${place(lines.length)}`,
    marker: { symbol: 'line-ns-open', color: mark.color, size: 10 },
    ...(hasValues(mark) ? { text: mark.y.map(String) } : {}),
  }));
  const axes: [string, object][] = lines.map((line, row) => [
    `yaxis${place(row)}`,
    { title: { text: labelOf(line) }, domain: domain(row) },
  ]);
  if (marks.length > 0) {
    axes.push([
      `yaxis${place(lines.length)}`,
      { type: 'category', autorange: 'reversed', domain: domain(lines.length) },
    ]);
  }
  const layout = { xaxis: { title: { text: 'Time (s)' } }, ...(Object.fromEntries(axes) as object), meta: notes };
  return `${JSON.stringify({ data: [...drawn, ...ticks], layout })}\n`;
}
