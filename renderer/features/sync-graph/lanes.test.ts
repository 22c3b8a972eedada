import { expect, test } from 'vitest';
import type { SyncEdge, SyncNode } from '../../../shared/contract/sync.ts';
import { placeInLanes, windowAround } from './lanes.ts';

const node = (device: string, epoch: number, clock = 'dev_local_time'): SyncNode => {
  return { id: `${device}/e${epoch}/${clock}`, device, epochId: `e${epoch}`, clock, t0: 0, t1: 1 };
};
const edge = (from: string, to: string, kind: SyncEdge['kind'] = 'rule'): SyncEdge => {
  const rule = kind === 'rule' ? 'filematch' : null;
  return {
    from,
    to,
    kind,
    rule,
    ruleId: rule,
    cost: 1,
    mapping: [1, 0],
    saved: false,
    residualMaxSec: 0,
    driftPpm: 0,
    jumps: 0,
  };
};

test('one lane a device, epochs from left to right, clocks below each other', () => {
  const nodes = [node('a', 1), node('a', 1, 'utc'), node('a', 2), node('b', 1)];
  const edges = [
    edge('a/e1/dev_local_time', 'b/e1/dev_local_time'),
    edge('b/e1/dev_local_time', 'a/e1/dev_local_time'),
    edge('a/e1/dev_local_time', 'a/e1/utc', 'sameEpoch'),
  ];
  const { lanes, boxes, lines } = placeInLanes({ nodes, edges }, null);
  expect(lanes.map((lane) => lane.device)).toEqual(['a', 'b']);
  const [local, utc, second, other] = boxes;
  expect([utc!.x, utc!.y > local!.y]).toEqual([local!.x, true]);
  expect(second!.x).toBeGreaterThan(local!.x);
  expect(other!.y).toBeGreaterThan(utc!.y);
  expect(lines).toHaveLength(1);
  expect(lines[0]!.edges).toHaveLength(2);
  expect(placeInLanes({ nodes, edges }, null)).toEqual(placeInLanes({ nodes, edges }, null));
});

const many = (devices: readonly string[], count: number) => {
  const nodes = devices.flatMap((device) => Array.from({ length: count }, (_, at) => node(device, at)));
  const edges = Array.from({ length: count }, (_, at) => edge(`a/e${at}/dev_local_time`, `b/e${at}/dev_local_time`));
  return { nodes, edges };
};

test('many epochs are drawn together, and a part of them singly, with what is linked to them', () => {
  const { nodes, edges } = many(['a', 'b', 'c'], 500);
  const all = placeInLanes({ nodes, edges }, null);
  expect(all.clustered).toBe(true);
  expect(all.boxes.length).toBeLessThanOrEqual(30);
  expect(all.boxes.flatMap((box) => box.nodes)).toHaveLength(1500);
  const { device, first, last } = all.boxes[3]!;
  const part = placeInLanes({ nodes, edges }, { device, first, last });
  expect(part.clustered).toBe(false);
  expect(part.boxes).toHaveLength(2 * (last - first + 1));
  expect(part.boxes.every((box) => box.first >= first && box.last <= last)).toBe(true);
});

test('a picture does not depend on what else was looked at, nor on the order of the links', () => {
  const graph = many(['a', 'b'], 400);
  const picture = placeInLanes(graph, null);
  placeInLanes(graph, { device: 'b', first: 3, last: 9 });
  const again = placeInLanes({ ...graph, edges: graph.edges.toReversed() }, null);
  expect(again.boxes).toEqual(picture.boxes);
  expect(again.lines.map(({ id }) => id).sort()).toEqual(picture.lines.map(({ id }) => id).sort());
});

test('the window around some nodes holds them singly; none where they are seen already', () => {
  const graph = many(['a', 'b'], 400);
  const wanted = ['b/e200/dev_local_time', 'a/e200/dev_local_time'];
  const window = windowAround(graph, placeInLanes(graph, null), wanted);
  expect(window).toEqual({ device: 'a', first: 198, last: 202 });
  const near = placeInLanes(graph, window);
  for (const id of wanted) expect(near.boxes.find((box) => box.id === id)?.nodes).toHaveLength(1);
  expect(windowAround(graph, near, wanted)).toBeNull();
  expect(windowAround(graph, placeInLanes(graph, null), [])).toBeNull();
  const everywhere = graph.nodes.map(({ id }) => id);
  expect(windowAround(graph, placeInLanes(graph, null), everywhere)).toBeNull();
});
