import type { ClockSpan } from '../../../../shared/model/clocks.ts';
import { identityMapping, intervalMapping, type TimeMapping } from '../../../../shared/model/time-mapping.ts';
import type { EpochNode, SetEpoch } from '../epoch-sets.ts';
import type { Edge } from './edges.ts';

/** Cost of a step within one epoch, or to the epoch on which a derived one stands. */
const STEP_COST = 1;

/** The clocks of an epoch of a probe or element: one on utc alone has a local clock too, from 0 on. */
export function clocksWithTwin({ clocks }: SetEpoch): readonly ClockSpan[] {
  const utc = clocks.find(({ type }) => type === 'utc');
  if (utc === undefined || !Number.isFinite(utc.t0) || clocks.some(({ type }) => type === 'dev_local_time'))
    return clocks;
  return [...clocks, { type: 'dev_local_time', t0: 0, t1: utc.t1 - utc.t0 }];
}

/** Steps between the clocks of one epoch of a device: lines through its extents. */
export function stepsWithin(nodes: readonly EpochNode[]): Edge[] {
  return nodes.flatMap((from) =>
    nodes.flatMap((to) => {
      const mapping = from === to ? null : intervalMapping(from.t0, from.t1, to.t0, to.t1);
      return mapping === null ? [] : [step(from, to, 'sameEpoch', mapping)];
    }),
  );
}

/** Steps of an epoch of a probe or element: to its local twin, and to the epochs on which it stands, both ways. */
export function stepsDown(epoch: SetEpoch, nodes: readonly EpochNode[], below: readonly EpochNode[]): Edge[] {
  const utc = nodes.find(({ clock }) => clock === 'utc');
  const twin = nodes[epoch.clocks.length];
  const toTwin =
    utc === undefined || twin === undefined
      ? []
      : [step(utc, twin, 'underlying', [1, -utc.t0]), step(twin, utc, 'underlying', [1, utc.t0])];
  const down = nodes
    .filter(({ clock }) => clock !== 'no_time')
    .flatMap((node) =>
      below
        .filter(({ clock }) => clock === node.clock)
        .flatMap((base) => [
          step(node, base, 'underlying', identityMapping),
          step(base, node, 'underlying', identityMapping),
        ]),
    );
  return [...toTwin, ...down];
}

function step(from: EpochNode, to: EpochNode, kind: 'sameEpoch' | 'underlying', mapping: TimeMapping): Edge {
  return { from: from.index, to: to.index, cost: STEP_COST, kind, mapping, link: null, reversed: false };
}
