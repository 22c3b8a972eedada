import { describe, expect, it } from 'vitest';
import type { ProbeMapEntry } from '../../../shared/model/epoch-probe-map.ts';
import { probeMapFaults, type ProbeMapSurroundings } from './probe-map-faults.ts';

const right: ProbeMapEntry = {
  ...{ name: 'ctx', reference: 1, type: 'n-trode', deviceString: 'intan1:ai1-2', subject: 'm1@lab' },
};
const around: ProbeMapSurroundings = {
  device: 'intan1',
  devices: ['intan1', 'vis1'],
  channels: new Set(['ai1', 'ai2', 'di1', 'mk1']),
  isSubject: (text) => text === 'm1@lab' || text === 'id of a subject',
  files: ['/data/a.rhd'],
};
const faults = (changes: Partial<ProbeMapEntry>, more: Partial<ProbeMapSurroundings> = {}) =>
  probeMapFaults([{ ...right, ...changes }], { ...around, ...more }).map(({ message }) => message);

describe('a probe map', () => {
  it('without a slip has no faults', () => {
    expect(faults({})).toEqual([]);
    expect(faults({ deviceString: 'INTAN1:ai2,1', subject: 'id of a subject', type: 'electrode-7' })).toEqual([]);
    // Rows of other DAQ systems may stand in the same file; their channels are those of other recordings.
    expect(faults({ deviceString: 'vis1:mk7', type: 'stimulator' })).toEqual([]);
  });

  it('names a type that NDI does not know, and the one that may be meant', () => {
    expect(faults({ type: 'n-troode' })[0]).toBe(
      'Probe map: NDI has no probes of the type “n-troode” (ctx | 1). Did you mean “n-trode”?',
    );
    expect(faults({ type: 'N-trode' })[0]).toContain('Did you mean “n-trode”?');
    expect(faults({ type: 'ntrode' })[0]).toContain('Did you mean “n-trode”?');
    expect(faults({ type: 'elephant' })[0]).not.toContain('Did you mean');
  });

  it('names a device that is none, and says that its row counts nothing', () => {
    expect(faults({ deviceString: 'intan2:ai1' })).toEqual([
      'Probe map: there is no DAQ system “intan2” (ctx | 1): its row counts nothing. There are intan1, vis1.',
    ]);
  });

  it('names channels that the recording does not have, and those from which events would be taken', () => {
    expect(faults({ deviceString: 'intan1:ai1-5,9;di1' })).toEqual([
      'Probe map: the recording has no ai3-5,9 (ctx | 1).',
    ]);
    expect(faults({ deviceString: 'intan1:dep1;dimn2;aep1_t2.5;aimn9_t0.5' })[0]).toContain('no dimn2;aimn9_t0.5 (');
    expect(faults({ deviceString: 'intan1:md1;mk1' })).toEqual([]);
    expect(faults({ deviceString: 'intan1:ai9' }, { channels: null })).toEqual([]);
  });

  it('names a subject that is none', () => {
    expect(faults({ subject: 'mouse 1' })[0]).toContain('“mouse 1” is no subject (ctx | 1)');
  });

  it('tells what is wrong with many rows once', () => {
    const rows = [1, 2, 3].map(() => ({ ...right, type: 'x' }));
    expect(probeMapFaults(rows, around)).toHaveLength(1);
  });
});
