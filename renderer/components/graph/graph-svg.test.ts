import { expect, it } from 'vitest';
import { graphToSvg, type GraphPicture, type PictureBox } from './graph-svg.ts';

const measure = (text: string, size: number) => (text.length * size) / 2;
const box = (x: number, y: number, text: string): PictureBox => ({
  ...{ x, y, width: 120, height: 40, fill: '#fff', stroke: '#888', strokeWidth: 1, isDashed: false, title: text },
  texts: [{ text, size: 12, color: '#000' }],
});
const picture: GraphPicture = {
  boxes: [box(0, 0, 'short'), box(-300, 500, 'a name of <more> letters than there is room for')],
  lines: [
    {
      ...{ path: 'M0 0L9 9', stroke: '#0072b2', strokeWidth: 2, dashes: '6 4', title: 'a & b' },
      ...{ arrow: { x: 5, y: 6 }, label: { text: 'by', x: 2, y: 3 } },
    },
  ],
  labels: [{ text: 'device', size: 13, color: '#000', x: -300, y: -18 }],
  background: '#ffffff',
  quiet: '#565e69',
};

it('holds the whole graph, wherever it lies, with its texts as texts', () => {
  const svg = graphToSvg(picture, ['Made by “a test”', 'Source: /data/<a>'], measure);
  const [left = 0, top = 0, width = 0, height = 0] = (/viewBox="([^"]*)"/.exec(svg)?.[1] ?? '').split(' ').map(Number);
  expect([left, top]).toEqual([-324, -18 - 13 - 24]);
  expect(left + width).toBe(120 + 24);
  expect(top + height).toBeGreaterThan(540);
  expect(svg).toMatch(/<text[^>]*>short<\/text>/);
  expect(svg).toContain('<title>a name of &lt;more&gt; letters than there is room for</title>');
  expect(svg).toMatch(/<text[^>]*>a name of &lt;more…<\/text>/);
  expect(svg).toContain('stroke-dasharray="6 4"');
  expect(svg).toContain('Source: /data/&lt;a&gt;');
  expect(svg).not.toContain('var(');
});

it('is alike for the same graph', () => {
  expect(graphToSvg(picture, [], measure)).toBe(graphToSvg(picture, [], measure));
});
