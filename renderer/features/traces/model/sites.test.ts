import { expect, it } from 'vitest';
import { orderNames, shanksByChannel, sitesOf } from './sites.ts';

const probe = { name: 'cortex | 1', id: 'p1', deviceString: 'intan1:ai1-4' };
const depends = [{ name: 'probe_id', value: 'p1' }];
const geometry = {
  depends_on: depends,
  probe_geometry: {
    site_locations_depth: [300, 100, 200, 100],
    site_locations_leftright: [0, 5, 0, 0],
    shank_id: [1, 2, 1, 2],
  },
};
const names = ['ai1', 'ai2', 'ai3', 'ai4', 'ai9'];

it('orders channels by depth, or by shank and then depth; those without a site come last', () => {
  const sites = sitesOf([probe], [geometry], []);
  expect(orderNames(names, sites, 'depth')).toEqual(['ai4', 'ai2', 'ai3', 'ai1', 'ai9']);
  expect(orderNames(names, sites, 'shank')).toEqual(['ai3', 'ai1', 'ai4', 'ai2', 'ai9']);
  expect(orderNames(names, sites, 'file')).toEqual(names);
});

it.each([
  ['counted from 1', [4, 3, null, 1]],
  ['counted from 0', [3, 2, null, 0]],
])('takes the wiring from the map of sites to channels, %s', (_, map) => {
  const sites = sitesOf([probe], [geometry], [{ depends_on: depends, site2channelmap: { map } }]);
  expect(sites.get('ai4')?.depth).toBe(300);
  expect(sites.get('ai3')?.depth).toBe(100);
  expect(sites.get('ai2')).toBeUndefined();
  expect(sites.get('ai1')?.shank).toBe(2);
});

it('does not guess where counts differ, nor for other probes', () => {
  expect(sitesOf([{ ...probe, deviceString: 'intan1:ai1-3' }], [geometry], []).size).toBe(0);
  expect(sitesOf([{ ...probe, id: 'p2' }], [geometry], []).size).toBe(0);
});

it('names shanks by their number, and by the probe where several have some', () => {
  const sites = sitesOf([probe], [geometry], []);
  expect(shanksByChannel(sites)).toEqual({ ai1: '1', ai2: '2', ai3: '1', ai4: '2' });
  const other = { name: 'cortex | 2', id: 'p2', deviceString: 'intan1:ai5-8' };
  const further = { ...geometry, depends_on: [{ name: 'probe_id', value: 'p2' }] };
  const both = shanksByChannel(sitesOf([probe, other], [geometry, further], []));
  expect([both['ai1'], both['ai5']]).toEqual(['cortex | 1: 1', 'cortex | 2: 1']);
});
