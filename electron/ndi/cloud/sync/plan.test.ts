import { describe, expect, it } from 'vitest';
import { isEmptyPlan, type SyncAction, type SyncMode, type SyncPlan } from '../../../../shared/model/sync.ts';
import { makePlan } from './plan.ts';
import { hashOf, localDocument, localFile, planInput, remoteDocument, type Side } from './testing/made-inventories.ts';

const words = (list: string): string[] => list.split(' ').filter((word) => word !== '');
const side = (ids: string): Side => Object.fromEntries(words(ids).map((id) => [id, 'same']));

/** Ids of documents by action. */
function ids(plan: SyncPlan, action: SyncAction, kind: 'document' | 'file' = 'document'): string[] {
  return plan.steps.filter((step) => step.action === action && step.kind === kind).map((step) => step.id);
}

/** The start of scenarios H1 to H6: c is new here, e new there, d deleted there, f recorded but never fetched. */
const start = (mode: SyncMode, deletions = false) =>
  planInput(side('a b c d'), side('a b e f'), { local: words('a b d'), remote: words('a b d f') }, { mode, deletions });

describe('the plan of a sync', () => {
  it.each([
    ['H1', 'uploadNew', false, 'c', '', '', ''],
    ['H2', 'downloadNew', false, '', 'e f', '', ''],
    ['H3', 'mirrorFromRemote', false, '', 'e f', 'c d', ''],
    ['H4', 'mirrorToRemote', false, 'c d', '', '', 'e f'],
    ['H5', 'twoWay', false, 'c d', 'e f', '', ''],
    ['H6', 'twoWay', true, 'c', 'e f', 'd', ''],
  ] as const)('%s %s (deletions %s)', (_, mode, deletions, sent, fetched, here, there) => {
    const plan = makePlan(start(mode, deletions));
    expect(ids(plan, 'send')).toEqual(words(sent));
    expect(ids(plan, 'fetch')).toEqual(words(fetched));
    expect(ids(plan, 'delete-here')).toEqual(words(here));
    expect(ids(plan, 'delete-there')).toEqual(words(there));
    expect(plan.blocked).toBeNull();
  });

  it('H7 H8: takes what is equal on both sides as common although no index says so', () => {
    const first = (mode: SyncMode) =>
      makePlan(planInput(side('a b'), side('b c'), { local: [], remote: [] }, { mode }));
    expect(ids(first('uploadNew'), 'send')).toEqual(['a']);
    expect(ids(first('downloadNew'), 'fetch')).toEqual(['c']);
    expect([ids(first('twoWay'), 'send'), ids(first('twoWay'), 'fetch')]).toEqual([['a'], ['c']]);
    const uploaded = planInput(side('a b'), side('a b'), { local: [], remote: [] }, { mode: 'downloadNew' });
    expect(makePlan(uploaded).steps).toEqual([]);
  });

  it('H10: asks no name for a single deletion', () => {
    const common = { local: words('a b'), remote: words('a b') };
    const plan = makePlan(planInput(side('a'), side('a b'), common, { mode: 'twoWay', deletions: true }));
    expect(ids(plan, 'delete-there')).toEqual(['b']);
    expect(plan.consent).toBe('yes');
    expect(ids(makePlan(planInput(side('a'), side('a b'), common, { mode: 'twoWay' })), 'fetch')).toEqual(['b']);
  });

  it('H12: the same id with other content on both sides is a conflict in every asking mode', () => {
    const common = { local: ['a'], remote: ['a'] };
    for (const mode of ['uploadNew', 'downloadNew', 'twoWay'] as const) {
      const plan = makePlan(planInput({ a: '1', x: '1' }, { a: '1', x: '2' }, common, { mode, updateEdited: true }));
      expect(ids(plan, 'conflict')).toEqual(['x']);
      expect(isEmptyPlan(plan)).toBe(true);
    }
    const resolutions = new Map([['x', 'there' as const]]);
    const settled = makePlan(planInput({ x: '1' }, { x: '2' }, common, { mode: 'twoWay', resolutions }));
    expect(settled.steps).toMatchObject([{ action: 'update', side: 'here', id: 'x' }]);
  });

  it('H13: an edit here is only reported, or carried over when asked for', () => {
    const common = { local: ['x'], remote: ['x'], hashes: { x: '0' } };
    const plan = (updateEdited: boolean, mode: SyncMode) =>
      makePlan(planInput({ x: '1' }, { x: '0' }, common, { mode, updateEdited }));
    expect(plan(false, 'uploadNew').steps).toMatchObject([{ action: 'skip', reason: 'Differs: edited here.' }]);
    expect(plan(true, 'uploadNew').steps).toMatchObject([{ action: 'update', side: 'there', cloudId: 'cloud-x' }]);
    expect(plan(true, 'downloadNew').steps).toEqual([]);
    expect(plan(true, 'mirrorFromRemote').steps).toMatchObject([{ action: 'update', side: 'here' }]);
  });

  it('H14: edited here and deleted there is asked about, or settled by a mirror', () => {
    const common = { local: ['x', 'y'], remote: ['x', 'y'], hashes: { x: '0' } };
    const plan = (mode: SyncMode, deletions = false) =>
      makePlan(planInput({ x: '1', y: '1' }, { y: '1' }, common, { mode, deletions }));
    expect(ids(plan('twoWay', true), 'conflict')).toEqual(['x']);
    expect(ids(plan('mirrorFromRemote'), 'delete-here')).toEqual(['x']);
    expect(ids(plan('mirrorToRemote'), 'send')).toEqual(['x']);
  });

  it('H15: a file that was added here goes once the cloud copy names it', () => {
    const here = localDocument('x', 'doc+two', { files: [localFile('u1', 5), localFile('u9', 7)] });
    const common = { local: ['x'], remote: ['x'], hashes: { x: 'doc+one' } };
    const there = (fileUids: string[]) => [
      remoteDocument('x', null, { content: { hash: hashOf('doc+one'), fileUids, bytes: 1 } }),
    ];
    const plan = (fileUids: string[], updateEdited: boolean) => {
      const input = planInput([here], there(fileUids), common, { mode: 'uploadNew', updateEdited });
      return makePlan({ ...input, remote: { ...input.remote, files: new Map([['u1', { uploaded: true, size: 5 }]]) } });
    };
    expect(plan(['u1'], false).steps).toMatchObject([{ action: 'skip', reason: 'Differs: edited here.' }]);
    expect(ids(plan(['u1', 'u9'], false), 'send', 'file')).toEqual(['u9']);
    expect(ids(plan(['u1'], true), 'send', 'file')).toEqual(['u9']);
  });

  it('H16 F8: files that failed, or lie there incomplete, go again by themselves', () => {
    const here = localDocument('x', 'doc+f', {
      files: [localFile('u1', 20), localFile('u2', 20), localFile('u3', 20)],
    });
    const common = { local: ['x'], remote: ['x'], hashes: { x: 'doc+f' } };
    const input = planInput([here], [remoteDocument('x', null)], common, { mode: 'uploadNew' });
    const files = new Map([
      ['u1', { uploaded: false, size: null }],
      ['u2', { uploaded: true, size: 10 }],
      ['u3', { uploaded: true, size: 20 }],
    ]);
    const plan = makePlan({ ...input, remote: { ...input.remote, files } });
    expect(plan.steps.map(({ action, kind, id }) => `${action} ${kind} ${id}`)).toEqual([
      'send file u1',
      'send file u2',
    ]);
  });

  it('F3 F11: what cannot be sent is in the plan with its reason; the rest goes on', () => {
    const files = [
      localFile('big', 5 * 1024 ** 3 + 1),
      localFile('gone', null),
      localFile('ok', 0),
      localFile('a/b', 1),
    ];
    const plan = makePlan(
      planInput([localDocument('x', 'doc+f', { files })], {}, { local: [], remote: [] }, { mode: 'uploadNew' }),
    );
    expect(plan.steps.filter((step) => step.refused).map(({ id }) => id)).toEqual(['big', 'gone', 'a/b']);
    expect(ids(plan, 'send', 'file')).toEqual(['ok']);
    const large = localDocument('y', 'doc', { bytes: 6 * 1024 ** 2 + 1 });
    expect(makePlan(planInput([large], {}, { local: [], remote: [] }, { mode: 'uploadNew' })).steps).toMatchObject([
      { action: 'skip', refused: true },
    ]);
  });

  it('H19: keeps what a document that stays depends on, directly or not', () => {
    const here = [
      localDocument('s', '1'),
      localDocument('m', '1', { dependsOn: ['s'] }),
      localDocument('t', '1', { dependsOn: ['m'] }),
      localDocument('z', '1'),
    ];
    const plan = makePlan(planInput(here, side('t'), { local: [], remote: [] }, { mode: 'mirrorFromRemote' }));
    expect(ids(plan, 'delete-here')).toEqual(['z']);
    expect(plan.steps.find((step) => step.id === 'm')?.reason).toContain('needed by t');
    expect(plan.steps.find((step) => step.id === 's')?.reason).toContain('needed by m');
  });

  it('H21: never removes the link nor the session that opens the folder', () => {
    const here = [localDocument('link', '1', { className: 'dataset_remote' }), localDocument('own', '1')];
    const there = [remoteDocument('other', '1'), remoteDocument('old', '1', { className: 'dataset_remote' })];
    const input = (mode: SyncMode) => {
      const made = planInput(here, there, { local: [], remote: [] }, { mode });
      return { ...made, local: { ...made.local, ownSessionDocuments: new Set(['own']) } };
    };
    expect(ids(makePlan(input('mirrorFromRemote')), 'delete-here')).toEqual([]);
    expect(ids(makePlan(input('mirrorToRemote')), 'delete-there')).toEqual(['other']);
  });

  it('I1: a cloud copy that is suddenly empty stops what would empty this side', () => {
    const common = { local: words('a b'), remote: words('a b') };
    const plan = (mode: SyncMode, more = {}) => makePlan(planInput(side('a b'), {}, common, { mode, ...more }));
    expect(plan('mirrorFromRemote').blocked?.message).toContain('last time it had 2');
    expect(plan('twoWay', { deletions: true, acceptEmptyRemote: true }).blocked).not.toBeNull();
    expect(ids(plan('twoWay', { deletions: true }), 'delete-here')).toEqual([]);
    expect(plan('uploadNew')).toMatchObject({ blocked: null, warnings: [{ code: 'sync.remoteEmpty' }] });
    const accepted = plan('mirrorFromRemote', { acceptEmptyRemote: true });
    expect([ids(accepted, 'delete-here'), accepted.consent]).toEqual([['a', 'b'], 'typed']);
  });

  it('I11: many deletions, or a large share, ask for the name', () => {
    const many = Array.from({ length: 300 }, (_, at) => `d${at}`);
    const consent = (gone: number) => {
      const common = { local: many, remote: many };
      const here = side(many.slice(gone).join(' '));
      return makePlan(planInput(here, side(many.join(' ')), common, { mode: 'twoWay', deletions: true })).consent;
    };
    expect([consent(0), consent(1), consent(20), consent(21)]).toEqual(['none', 'yes', 'yes', 'typed']);
    expect(makePlan(start('mirrorToRemote')).consent).toBe('typed');
  });

  it('D2 D3: deletes nothing on a doubtful list, and says so', () => {
    const input = start('mirrorToRemote');
    const plan = makePlan({ ...input, remote: { ...input.remote, doubt: 'the cloud copy keeps changing' } });
    expect(ids(plan, 'delete-there')).toEqual([]);
    expect(plan.warnings).toMatchObject([{ code: 'sync.remoteDoubtful' }]);
    const unreadable = makePlan({ ...input, local: { ...input.local, unreadable: new Set(['e']) } });
    expect(ids(unreadable, 'delete-there')).toEqual([]);
    expect(unreadable.steps.find((step) => step.id === 'e')).toMatchObject({ action: 'skip', refused: true });
  });
});
