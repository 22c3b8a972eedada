import { describe, expect, it } from 'vitest';
import { hiddenCount, joined, listed, placed } from './graph-model.ts';

const node = (id: string, dependencies = 0, dependents = 0) => ({
  id,
  class: 'demo',
  name: id,
  sessionId: '',
  datestamp: '',
  missing: false,
  dependencies,
  dependents,
});
const edge = (from: string, to: string, name = 'd') => ({ from, to, name });
const part = { nodes: [node('a', 0, 2), node('b', 1, 1)], edges: [edge('b', 'a')], truncated: false };

describe('the graph that is shown', () => {
  it('grows without doubling anything, and tells what is not shown', () => {
    const first = joined({ nodes: [], edges: [] }, part);
    expect(first.nodes.map((one) => hiddenCount(one, first))).toEqual([1, 1]);
    const second = joined(first, {
      nodes: [node('b', 1, 1), node('c', 1)],
      edges: [edge('b', 'a'), edge('c', 'b')],
      truncated: false,
    });
    expect(second.nodes.map((one) => one.id)).toEqual(['a', 'b', 'c']);
    expect(second.edges).toHaveLength(2);
    expect(second.nodes.map((one) => hiddenCount(one, second))).toEqual([1, 0, 0]);
  });

  it('stands what is depended on to the left, also in circles', () => {
    const places = placed({ nodes: [node('a'), node('b'), node('c')], edges: [edge('b', 'a'), edge('c', 'b')] });
    const x = (id: string) => places.get(id)?.x ?? Number.NaN;
    expect(x('a')).toBeLessThan(x('b'));
    expect(x('b')).toBeLessThan(x('c'));
    const circle = { nodes: [node('a'), node('b')], edges: [edge('a', 'b'), edge('b', 'a'), edge('a', 'a')] };
    expect([...placed(circle).values()].every(({ x: left, y }) => Number.isFinite(left + y))).toBe(true);
  });

  it('reads as a list from the middle outwards', () => {
    const shown = {
      nodes: [node('m'), node('up'), node('down'), node('far'), node('twin')],
      edges: [edge('m', 'down', 'element_id'), edge('up', 'm'), edge('far', 'up'), edge('twin', 'down')],
    };
    expect(listed(shown, 'm').map(({ node: { id }, tie, steps, by }) => [id, tie, steps, by])).toEqual([
      ['down', 'antecedent', 1, 'element_id'],
      ['up', 'dependent', 1, 'd'],
      ['far', 'dependent', 2, 'd'],
      ['twin', 'related', 2, 'd'],
    ]);
  });
});
