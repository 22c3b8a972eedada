import { expect, test } from 'vitest';
import type { SyncEdge, SyncNode } from '../../../shared/contract/sync.ts';
import { placeInLanes } from './lanes.ts';

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

test('many epochs are drawn together, and a part of them singly', () => {
  const nodes = ['a', 'b'].flatMap((device) => Array.from({ length: 500 }, (_, at) => node(device, at)));
  const edges = Array.from({ length: 500 }, (_, at) => edge(`a/e${at}/dev_local_time`, `b/e${at}/dev_local_time`));
  const all = placeInLanes({ nodes, edges }, null);
  expect(all.clustered).toBe(true);
  expect(all.boxes.length).toBeLessThanOrEqual(300);
  expect(all.boxes.flatMap((box) => box.nodes)).toHaveLength(1000);
  const { first, last } = all.boxes[3]!;
  const part = placeInLanes({ nodes, edges }, { first, last });
  expect(part.clustered).toBe(false);
  expect(part.boxes).toHaveLength(2 * (last - first + 1));
});
