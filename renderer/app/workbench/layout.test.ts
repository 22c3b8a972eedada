import type { SerializedDockview } from 'dockview-react';
import { expect, it } from 'vitest';
import { withAllGroups } from './layout.ts';

it('gives room again to groups whose panels were in other windows', () => {
  const leaf = { type: 'leaf', data: { id: '1', views: ['a'] }, size: 300 };
  const layout = (hidden: object) =>
    ({
      grid: { root: { type: 'branch', data: [leaf, { ...leaf, ...hidden }] }, width: 9, height: 9, orientation: 'V' },
      panels: { a: { id: 'a', params: { kind: 'jobs', params: { visible: false } } } },
    }) as unknown as SerializedDockview;
  expect(withAllGroups(layout({ visible: false }))).toEqual(layout({}));
});
