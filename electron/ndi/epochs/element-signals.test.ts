import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { ClockSpan } from '../../../shared/model/clocks.ts';
import { documentId, type NdiDocument, withDependency, withValues } from '../../../shared/model/documents.ts';
import { encodeVhsb } from '../../formats/vhsb/writer.ts';
import { openRecording } from '../../formats/registry.ts';
import { createSession } from '../create-session.ts';
import type { Session } from '../session.ts';
import { cleanUp, temporaryFolder } from '../testing/folders.ts';
import { ElementTables, ownClock, placeOf } from './element-signals.ts';
import { newProbe } from './elements.ts';
import type { Epoch } from './epoch.ts';
import { newElement, newElementEpoch } from './new-element.ts';
import { newSubject } from './subjects.ts';

afterAll(cleanUp);

const local = (t0: number, t1: number): ClockSpan => ({ type: 'dev_local_time', t0, t1 });
const fault = (code: string): unknown => expect.objectContaining({ code });

/** Three epochs of a device in which a probe was recorded on two rows of the map. */
const epochs = ['t3', 't1', 't2'].map((epochId, at): Epoch => ({
  ...{ epochId, number: at + 1, device: 'rig', files: [], clocks: [local(0, 10)], timeShift: at, problems: [] },
  recordingPath: at === 2 ? null : `/${epochId}.rhd`,
  probeMap: ['rig:ai3,1', 'rig:auxiliary2;de1;md1;aep2_t0.5'].map((deviceString) => {
    return { name: 'ctx', reference: 1, type: 'n-trode', deviceString, subject: 'a@lab' };
  }),
}));

interface Made {
  readonly session: Session;
  readonly subjectId: string;
  readonly probe: NdiDocument;
  readonly add: (name: string, underlyingId: string, own: readonly string[], change?: object) => NdiDocument;
  readonly tables: () => ElementTables;
}

function make(): Made {
  const path = temporaryFolder();
  const session = createSession({ path, reference: 'r' });
  const subject = newSubject('a@lab');
  const subjectId = documentId(subject);
  const probe = newProbe({ name: 'ctx', reference: 1, type: 'n-trode', subjectId });
  session.addDocuments([subject, probe]);
  return {
    ...{ session, subjectId, probe },
    add(name, underlyingId, own, change = {}) {
      const plain = newElement({
        name,
        reference: 1,
        type: 'spikes',
        className: 'ndi.neuron',
        subjectId,
        underlyingId,
      });
      const element = withValues(plain, { ...change });
      const stored = own.map((epochId, at) => {
        const file = join(path, `${name}-${at}.vhsb`);
        writeFileSync(file, encodeVhsb([at, at + 0.5], [[1, 1]]));
        return newElementEpoch({ elementId: documentId(element), epochId, clocks: [local(0, 10)], file });
      });
      session.addDocuments([element, ...stored]);
      return element;
    },
    tables: () => new ElementTables(session, epochs),
  };
}

describe('the signals of probes and elements', () => {
  it('of a probe are the channels of its device strings, in order, by the names that channels have here', () => {
    const { session, tables } = make();
    const probe = tables().find('CTX | 1');
    expect(probe).toMatchObject({ isProbe: true, direct: true, subject: 'a@lab', underlyingId: '' });
    expect(probe.epochs.map(({ epochId }) => epochId)).toEqual(['t3', 't1', 't2']);
    expect(placeOf(session, probe, probe.epochs[1]!)).toEqual({
      ...{ path: '/t1.rhd', timeShift: 1, channels: ['ai3', 'ai1', 'ax2', 'dep1', 'aep2_t0.5'] },
    });
    session.close();
  });

  it('E18: of a probe of two rows are the channels of both, in order; one of another type is another probe', () => {
    const { session } = make();
    const row = (deviceString: string, type = 'n-trode') => {
      return { name: 'ctx', reference: 1, type, deviceString, subject: 'a@lab' };
    };
    const probeMap = [row('intan1:ai1-2'), row('intan1:ai3', 'ecg'), row('intan1:ai5', 'N-trode')];
    const tables = new ElementTables(session, [{ ...epochs[0]!, device: 'intan1', probeMap }]);
    const channels = tables
      .all()
      .map(({ type, epochs: own }) => [type, placeOf(session, tables.all()[0]!, own[0]!).channels]);
    expect(channels).toEqual([
      ['n-trode', ['ai1', 'ai2', 'ai5']],
      ['ecg', ['ai3']],
    ]);
    session.close();
  });

  it('of a neuron are those that its documents hold, in the epochs that it shares with its probe', () => {
    const { session, probe, add, tables } = make();
    add('unit', documentId(probe), ['t2', 'other', 't1']);
    const unit = tables().find('unit|1');
    expect(unit.epochs.map(({ epochId }) => epochId)).toEqual(['t1', 't2']);
    const { path, ...place } = placeOf(session, unit, unit.epochs[1]!);
    expect(place).toEqual({ timeShift: 0, channels: null });
    const recording = openRecording(path);
    expect(recording.info).toMatchObject({ path, device: 'unit | 1', extent: { t0: 0, t1: 10 }, events: { e1: 2 } });
    expect(recording.readEvents(new Set(['e1']), 0, 10, 9).events.map(({ time }) => time)).toEqual([0, 0.5]);
    session.close();
  });

  it('are its own epochs where it shares none, or stands on nothing', () => {
    const { session, probe, add, tables } = make();
    add('apart', documentId(probe), ['x', 'a']);
    add('alone', '', ['y', 'b']);
    expect(
      tables()
        .find('apart|1')
        .epochs.map(({ epochId }) => epochId),
    ).toEqual(['x', 'a']);
    expect(
      tables()
        .find('alone|1')
        .epochs.map(({ epochId }) => epochId),
    ).toEqual(['y', 'b']);
    session.close();
  });

  it('of a direct element are those of what it stands on, however far below', () => {
    const { session, probe, add, tables } = make();
    const first = add('first', documentId(probe), [], { 'element.direct': 1 });
    const second = add('second', documentId(first), [], { 'element.direct': 1 });
    const neuron = add('neuron', documentId(second), ['t1']);
    const above = add('above', documentId(neuron), [], { 'element.direct': 1 });
    const found = tables().find(documentId(second));
    expect(found.epochs).toEqual(tables().find('ctx').epochs);
    expect(found.epochs[0]?.held).toMatchObject({ by: 'device', channels: ['ai3', 'ai1', 'ax2', 'dep1', 'aep2_t0.5'] });
    expect(tables().find(documentId(above)).epochs).toEqual(tables().find(documentId(neuron)).epochs);
    expect(
      tables()
        .all()
        .map(({ name }) => name),
    ).toEqual(['ctx', 'first', 'second', 'neuron', 'above']);
    session.close();
  });

  it('are refused where nothing or more than one is meant, and where an element stands on itself', () => {
    const { session, add, tables } = make();
    const one = add('one', '', []);
    add('two', '', [], { 'element.type': 'spikes' });
    add('two', '', [], { 'element.type': 'other' });
    expect(() => tables().find('nobody|1')).toThrow(fault('epoch.notFound'));
    expect(() => tables().find('ctx|2')).toThrow(fault('epoch.notFound'));
    expect(() => tables().find('two|1')).toThrow(fault('usage.invalid'));
    const circle = add('circle', documentId(one), []);
    const id = documentId(circle);
    session.change({ replace: [{ id, edit: (stored) => withDependency(stored, 'underlying_element_id', id) }] });
    expect(() => tables().find('circle|1')).toThrow(fault('document.invalid'));
    session.close();
  });

  it('lie on the device’s local clock where the epoch has one', () => {
    const utc: ClockSpan = { type: 'utc', t0: 1000, t1: 1010 };
    expect(ownClock([utc, local(0, 10)])).toEqual(local(0, 10));
    expect(ownClock([utc])).toEqual(utc);
    expect(ownClock([]).type).toBe('dev_local_time');
  });
});
