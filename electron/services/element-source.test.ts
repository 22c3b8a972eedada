import { describe, expect, it } from 'vitest';
import type { RecordingInfo } from '../../shared/contract/recordings.ts';
import type { ElementTable, ElementTableEpoch } from '../ndi/epochs/element-signals.ts';
import type { Epoch } from '../ndi/epochs/epoch.ts';
import { chooseElementEpoch, eventsOf, ofElement, sampledOf } from './element-source.ts';

const recorded = (epochId: string, device: string): ElementTableEpoch => {
  const epoch = { epochId, device } as Epoch;
  return { epochId, clocks: [], held: { by: 'device', epoch, channels: ['ai1'] } };
};
const stored = (epochId: string): ElementTableEpoch => {
  return { epochId, clocks: [], held: { by: 'document', documentId: epochId } };
};
const element = (...epochs: ElementTableEpoch[]) => ({ name: 'ctx', reference: 1, epochs }) as unknown as ElementTable;
const fault = (code: string): unknown => expect.objectContaining({ code });

describe('the epoch of an element', () => {
  const table = element(recorded('a', 'rig1'), recorded('b', 'rig1'), recorded('b', 'rig2'));

  it('is named by id, number or device, or not at all where there is one', () => {
    expect(chooseElementEpoch(table, { epoch: 'A' })).toBe(table.epochs[0]);
    expect(chooseElementEpoch(table, { epoch: '2' })).toBe(table.epochs[1]);
    expect(chooseElementEpoch(table, { epoch: 'b', device: 'RIG2' })).toBe(table.epochs[2]);
    expect(chooseElementEpoch(table, { device: 'rig2' })).toBe(table.epochs[2]);
  });

  it('is refused where none or several could be meant', () => {
    expect(() => chooseElementEpoch(table, {})).toThrow(fault('usage.invalid'));
    expect(() => chooseElementEpoch(table, { epoch: 'b' })).toThrow('rig1 / b, rig2 / b');
    expect(() => chooseElementEpoch(table, { epoch: '4' })).toThrow(fault('epoch.notFound'));
    expect(() => chooseElementEpoch(element(), {})).toThrow(fault('epoch.notFound'));
    expect(() => chooseElementEpoch(element(stored('x'), stored('x')), { epoch: 'x' })).toThrow(
      fault('document.duplicate'),
    );
  });
});

describe('the channels of an element', () => {
  it('are what “all” means, samples and events each for themselves', () => {
    const channels = ['ai3', 'ai1', 'mk1', 'dep2', 'aep1_t0.5'];
    expect(sampledOf(channels, 'all')).toBe('ai3,ai1');
    expect(eventsOf(channels, ' all ')).toBe('mk1,dep2,aep1_t0.5');
    expect([sampledOf(channels, 'di1'), eventsOf(null, 'all'), eventsOf(['ai1'], 'all')]).toEqual(['di1', 'all', '']);
    expect(() => sampledOf(['mk1'], 'all')).toThrow(fault('channel.notFound'));
  });

  it('are those that its headers show, in its order', () => {
    const channels = ['ai1', 'ai2', 'di1', 'mk1', 'mk2'].map((name) => ({ name }));
    const info = { channels, events: { mk1: 3, mk2: 4 }, problems: [], path: '/a.rhd' } as unknown as RecordingInfo;
    expect(ofElement(info, null)).toBe(info);
    const own = ofElement(info, ['mk2', 'ai2', 'ai2', 'dep1', 'md1']);
    expect([own.channels.map(({ name }) => name), own.events]).toEqual([['mk2', 'ai2'], { mk2: 4 }]);
    expect(own.problems).toEqual([]);
    // What is not there is told: an answer of fewer channels would look whole.
    const [problem] = ofElement(info, ['ai2', 'ai9', 'dep7']).problems;
    expect(problem).toMatchObject({ code: 'channel.notFound', paths: ['/a.rhd'] });
    expect(problem?.message).toBe('The probe map names 2 channels that the recording does not have: ai9, dep7.');
  });
});
