import { expect, it } from 'vitest';
import { figureCsv, figurePicture } from './figure-files.ts';
import type { Plotly } from './plotly.ts';

const figure = {
  data: [
    { name: 'a', x: [1, 2, 3], y: [0.5, null, NaN] },
    { x: Float64Array.of(4), y: ['say "no", then'] },
  ],
  layout: { xaxis: { title: { text: 'Time (s)' } }, margin: { l: 1, b: 2 }, annotations: [{ text: 'jump' }] },
};

it('writes the points of every trace side by side, with the notes above', () => {
  expect(figureCsv(figure, ['Made by a test', 'two\nlines']).split('\n')).toEqual([
    '# Made by a test',
    '# two lines',
    'a: Time (s),a: y,Time (s),y',
    '1,0.5,4,"say ""no"", then"',
    '2,,,',
    '3,,,',
    '',
  ]);
});

it('makes pictures with the notes below, and keeps what the figure says', async () => {
  const asked: { layout: { margin: object; annotations: { text: string }[] } }[] = [];
  const plotly = {
    toImage: (given: unknown, { format }: { format: string }) => {
      asked.push(given as (typeof asked)[number]);
      return Promise.resolve(format === 'png' ? 'data:image/png;base64,AQID' : 'data:image/svg+xml,%3Csvg%2F%3E');
    },
  } as unknown as Plotly;
  const png = await figurePicture(plotly, figure, ['a & <b>', 'c'], 'png');
  expect(png.type).toBe('image/png');
  expect([...new Uint8Array(await png.arrayBuffer())]).toEqual([1, 2, 3]);
  expect(await (await figurePicture(plotly, figure, [], 'svg')).text()).toBe('<svg/>');
  expect(asked[0]?.layout.margin).toEqual({ l: 1, b: 84 });
  expect(asked[0]?.layout.annotations.map(({ text }) => text)).toEqual(['jump', 'a &amp; &lt;b><br>c']);
});
