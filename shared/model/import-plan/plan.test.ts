import { describe, expect, it } from 'vitest';
import { type FoundRecording, type ImportChoices, noChoices } from './choices.ts';
import { planImport, UNNAMED_SUBJECT } from './plan.ts';

const found = (key: string, device = 'intan1'): FoundRecording => ({
  ...{ key, device, path: `/data/${key}`, files: [`/data/${key}`], channelList: 'ai1-4;di1-2' },
  reader: { readerClass: `reader of ${device}` },
  probes: [{ name: `${device}_probe`, reference: 1, type: 'n-trode', channels: 'ai1-4' }],
});
const recordings = ['m1/r1', 'm1/r2', 'm2/r1'].flatMap((place) => [
  found(`${place}/a.rhd`),
  found(`${place}/x.ns5`, 'blackrock1'),
]);
const plan = (choices: Partial<ImportChoices>, inPlace = true) =>
  planImport(recordings, { ...noChoices, ...choices }, inPlace);
const codes = (choices: Partial<ImportChoices>, inPlace = true) =>
  plan(choices, inPlace).problems.map(({ grade, code }) => `${grade} ${code}`);

describe('an import without a word said', () => {
  it('is one session of epochs as they were found, of a subject that nobody has named', () => {
    const { sessions, problems } = plan({});
    expect(problems).toEqual([]);
    expect(sessions.map(({ reference, place, epochs }) => [reference, place, epochs.length])).toEqual([['', '', 6]]);
    expect(sessions[0]?.epochs[0]).toMatchObject({ key: 'm1/r1/a.rhd', epochId: null });
    expect(sessions[0]?.epochs[0]?.recordings[0]?.probes).toEqual([
      { name: 'intan1_probe', reference: 1, type: 'n-trode', deviceString: 'intan1:ai1-4', subject: UNNAMED_SUBJECT },
    ]);
  });
});

describe('sessions that paths tell apart', () => {
  const pattern = '{subject}/{epoch}/**';

  it('lie in their own folders; epochs take their names from the paths', () => {
    const { sessions } = plan({ pattern, sessions: 'each', subjectLab: '@lab' });
    expect(sessions.map(({ reference, place }) => [reference, place])).toEqual([
      ['m1', 'm1'],
      ['m2', 'm2'],
    ]);
    expect(sessions[0]?.epochs.map(({ epochId, recordings: own }) => [epochId, own.length])).toEqual([
      ['r1', 2],
      ['r2', 2],
    ]);
    expect(sessions[0]?.epochs[0]?.recordings[0]?.subject).toBe('m1@lab');
  });

  it('are one where only one is told, in the folder that was scanned', () => {
    const { sessions } = plan({
      pattern,
      sessions: 'each',
      subjectLab: 'lab',
      exclude: ['m2/r1/a.rhd', 'm2/r1/x.ns5'],
    });
    expect(sessions.map(({ place }) => place)).toEqual(['']);
  });

  it('need folders that hold no other session, unless they are copied', () => {
    const nested: Partial<ImportChoices> = { pattern: '*/{session}/{subject}.*', sessions: 'each', subjectLab: 'lab' };
    expect(codes(nested)).toContain('blocks import.sharedFolder');
    expect(codes(nested, false)).not.toContain('blocks import.sharedFolder');
  });

  it('of one name make one session, whose recordings may lie apart only in a copy', () => {
    const scattered: Partial<ImportChoices> = { pattern: '*/{session}/**', sessions: 'each' };
    expect(codes(scattered)).toEqual(['blocks import.scattered']);
    expect(codes(scattered, false)).toEqual([]);
  });
});

describe('what would not go', () => {
  it('is told by its code', () => {
    const edit = (key: string, change: ImportChoices['recordings'][string]) => ({ recordings: { [key]: change } });
    const probe = { name: 'p', reference: 1, type: 'n-trode', channels: 'ai1' };
    expect(codes({ merges: [['m1/r1/a.rhd', 'm1/r2/a.rhd']] })).toEqual(['blocks import.sameDevice']);
    expect(codes(edit('m1/r1/a.rhd', { device: '' }))).toEqual(['blocks import.device']);
    expect(codes(edit('m1/r1/a.rhd', { probes: [probe, probe] }))).toEqual(['blocks import.probeTwice']);
    expect(codes(edit('m1/r1/a.rhd', { probes: [{ ...probe, channels: 'dep3' }] }))).toEqual([
      'blocks channel.notFound',
    ]);
    expect(codes(edit('m1/r1/a.rhd', { probes: [{ ...probe, channels: 'dep2;aep1_t2.5;md1' }] }))).toEqual([]);
    expect(codes(edit('m1/r1/a.rhd', { probes: [{ ...probe, channels: 'ai' }] }))).toEqual(['blocks document.invalid']);
    expect(codes({ exclude: ['gone'] })).toEqual(['blocks epoch.notFound']);
    expect(codes({ pattern: '*/{subject}/{epoch}/**' })).toEqual(['shouldFix import.noMatch']);
    expect(codes({ pattern: '{subject}*/**', subjectLab: 'lab' })).toEqual(['shouldFix import.unclearMatch']);
    const each = { pattern: '{subject}/{epoch}/**', sessions: 'each', subjectLab: 'lab' } as const;
    expect(codes({ ...each, merges: [['m1/r1/a.rhd', 'm2/r1/x.ns5']] })).toEqual(['blocks import.mergeAcross']);
  });
});

describe('names of files', () => {
  it('that two devices share are told, also for copies', () => {
    const recordingsOf = { 'm1/r1/a.rhd': { device: 'other' } };
    for (const inPlace of [true, false]) {
      expect(codes({ recordings: recordingsOf }, inPlace)).toEqual(['blocks import.ambiguous']);
    }
  });

  it('that what is left out shares with what is taken are told where it stays among them', () => {
    expect(codes({ exclude: ['m1/r1/a.rhd'] })).toEqual(['blocks import.ambiguous']);
    expect(codes({ exclude: ['m1/r1/a.rhd'] }, false)).toEqual([]);
    expect(codes({ exclude: recordings.filter(({ key }) => key.endsWith('.rhd')).map(({ key }) => key) })).toEqual([]);
    // Each session looks in its own folder.
    const each = { pattern: '{subject}/{epoch}/**', sessions: 'each', subjectLab: 'lab' } as const;
    expect(codes({ ...each, exclude: ['m2/r1/a.rhd'] })).toEqual([]);
    expect(codes({ ...each, exclude: ['m1/r2/a.rhd'] })).toEqual(['blocks import.ambiguous']);
  });
});

it('knows channels by all their names, and tells types of probes that NDI has no class for', () => {
  const probe = { name: 'p', reference: 1, type: 'n-trode', channels: 'ai1-2;de1;aep2_t0.5;md1' };
  const check = (changes: object) =>
    planImport([{ ...found('a.rhd'), probes: [{ ...probe, ...changes }] }], noChoices).problems;
  expect(check({})).toEqual([]);
  expect(check({ channels: 'auxiliary1' })[0]?.message).toContain('no channel ax1');
  expect(check({ type: 'electrode-12' })).toEqual([]);
  expect(check({ type: 'N-trode' })).toMatchObject([{ grade: 'shouldFix', code: 'import.probeType' }]);
});

it('takes recordings whose sorter counts its units from 0', () => {
  const sorted = { ...found('ks/params.py', 'phy1'), channelList: 'ai1-8;e0,2-7,10' };
  const check = (channels: string) =>
    planImport([{ ...sorted, probes: [{ name: 'p', reference: 1, type: 'n-trode', channels }] }], noChoices).problems;
  expect(check('ai1-8;e7')).toEqual([]);
  expect(check('e8-9').map(({ message }) => message)).toEqual(['It has no channel e8, e9; it has ai1-8;e0,2-7,10.']);
});
