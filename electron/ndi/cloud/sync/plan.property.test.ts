import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isEmptyPlan,
  type PlanStep,
  type Resolution,
  type SyncMode,
  syncModes,
  type SyncPlan,
} from '../../../../shared/model/sync.ts';
import { nextCommon } from './next-common.ts';
import type { CommonState, LocalFile, PlanOptions, RemoteFile } from './inventory.ts';
import { makePlan } from './plan.ts';
import { hashOf, localDocument, planInput, remoteDocument } from './testing/made-inventories.ts';

/** Everything that exists: contents by id on both sides, bytes of files on both sides, what was common. */
interface World {
  readonly here: Map<string, string>;
  readonly there: Map<string, string>;
  readonly filesHere: Map<string, number>;
  readonly filesThere: Map<string, RemoteFile>;
  readonly common: CommonState;
  /** Ids whose content there is not fetched for the plan. */
  readonly unseen: ReadonlySet<string>;
}

/** Content `v+n` names the files `id-1` to `id-n`. */
function uidsOf(id: string, content: string): string[] {
  const count = Number(content.split('+')[1] ?? 0);
  return Array.from({ length: count }, (_, at) => `${id}-${at + 1}`);
}

function plan(world: World, options: PlanOptions, doubt: string | null = null): SyncPlan {
  const filesOf = (id: string, content: string): LocalFile[] =>
    uidsOf(id, content).map((uid) => ({ name: uid, uid, bytes: world.filesHere.get(uid) ?? null, place: 'file' }));
  const here = [...world.here].map(([id, content]) => localDocument(id, content, { files: filesOf(id, content) }));
  const there = [...world.there].map(([id, content]) =>
    remoteDocument(id, null, {
      content: world.unseen.has(id) ? null : { hash: hashOf(content), fileUids: uidsOf(id, content), bytes: 1 },
    }),
  );
  const input = planInput(here, there, { local: [], remote: [] }, options);
  return makePlan({ ...input, common: world.common, remote: { ...input.remote, files: world.filesThere, doubt } });
}

/** What a run makes of the world when all goes well. */
function carriedOut(world: World, { steps }: SyncPlan): World {
  const [here, there] = [new Map(world.here), new Map(world.there)];
  const [filesHere, filesThere] = [new Map(world.filesHere), new Map(world.filesThere)];
  const seen = new Set<string>();
  for (const step of steps.filter(({ kind }) => kind === 'document')) {
    apply(step, here, there);
    if (['send', 'fetch', 'update'].includes(step.action)) seen.add(step.id);
  }
  for (const { id, action } of steps.filter(({ kind }) => kind === 'file')) {
    if (action === 'send') filesThere.set(id, { uploaded: true, size: filesHere.get(id) ?? null });
    if (action === 'fetch') filesHere.set(id, filesThere.get(id)?.size ?? 0);
  }
  const hashes = new Map([...here].map(([id, content]) => [id, hashOf(content)]));
  const known = [...there].map(([id, content]) => {
    return [id, world.unseen.has(id) && !seen.has(id) ? null : hashOf(content)] as const;
  });
  const unsettled = new Set(
    steps.filter((step) => step.action === 'conflict' || step.refused).map((step) => step.documentId),
  );
  const common = nextCommon({ here: hashes, there: new Map(known), unsettled }, world.common);
  return { here, there, filesHere, filesThere, common, unseen: world.unseen };
}

function apply({ action, id, side }: PlanStep, here: Map<string, string>, there: Map<string, string>): void {
  if (action === 'send' || (action === 'update' && side === 'there')) there.set(id, here.get(id) ?? '');
  if (action === 'fetch' || (action === 'update' && side === 'here')) here.set(id, there.get(id) ?? '');
  if (action === 'update' && side === 'both') for (const map of [here, there]) map.set(id, 'merged');
  if (action === 'delete-here') here.delete(id);
  if (action === 'delete-there') there.delete(id);
}

const ids = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
const content = fc.constantFrom('1', '2', '1+1', '1+2', '2+1');
const side = fc.dictionary(fc.constantFrom(...ids), content).map((held) => new Map(Object.entries(held)));
const size = fc.constantFrom(5, 9);
const uid = fc.tuple(fc.constantFrom(...ids), fc.constantFrom(1, 2)).map(([id, at]) => `${id}-${at}`);

const options: fc.Arbitrary<PlanOptions> = fc
  .record({
    mode: fc.constantFrom(...syncModes),
    deletions: fc.boolean(),
    files: fc.boolean(),
    updateEdited: fc.boolean(),
    acceptEmptyRemote: fc.boolean(),
    resolutions: fc.dictionary(fc.constantFrom(...ids), fc.constantFrom<Resolution>('here', 'there', 'merged')),
  })
  .map(({ resolutions, ...rest }) => ({ ...rest, resolutions: new Map(Object.entries(resolutions)) }));

const additive = fc.constantFrom<SyncMode>('uploadNew', 'downloadNew', 'twoWay');

const world: fc.Arbitrary<World> = fc
  .record({
    here: side,
    there: side,
    base: side,
    local: fc.subarray(ids),
    remote: fc.subarray(ids),
    sizesHere: fc.dictionary(uid, size),
    sizesThere: fc.dictionary(uid, fc.record({ uploaded: fc.boolean(), size: fc.option(size) })),
    unseen: fc.subarray(ids),
  })
  .map(({ here, there, base, local, remote, sizesHere, sizesThere, unseen }) => ({
    here,
    there,
    filesHere: new Map(Object.entries(sizesHere)),
    filesThere: new Map(Object.entries(sizesThere)),
    common: {
      local: new Set(local),
      remote: new Set(remote),
      hashes: new Map([...base].map(([id, word]) => [id, hashOf(word)])),
    },
    unseen: new Set(unseen),
  }));

/** An edit is carried over only where the content of both sides was looked at. */
const looked = (one: World, { updateEdited, resolutions }: PlanOptions): World =>
  updateEdited === true || (resolutions?.size ?? 0) > 0 ? { ...one, unseen: new Set() } : one;

/** Whether each side changed a part (fields, files) in which they differ, or nobody knows which did. */
function changedOnBoth({ local, remote, hashes }: CommonState, id: string, here: string, there: string): boolean {
  const base = local.has(id) && remote.has(id) ? hashes.get(id) : undefined;
  if (base === undefined) return true;
  const parts = (['document', 'files'] as const).filter((part) => hashOf(here)[part] !== hashOf(there)[part]);
  return [here, there].every((held) => parts.some((part) => hashOf(held)[part] !== base[part]));
}

const runs = { numRuns: 1000 };

describe('any plan', () => {
  it('leaves nothing to do after it was carried out', () => {
    fc.assert(
      fc.property(world, options, (made, chosen) => {
        const before = looked(made, chosen);
        const first = plan(before, chosen);
        // What was refused for an empty list may be done once that list holds something again.
        fc.pre(first.blocked === null && !first.warnings.some(({ code }) => code === 'sync.notDeleted'));
        const next = plan(carriedOut(before, first), chosen);
        // Files of documents that came from there are known only now; a run plans its files again after its documents.
        const came = first.steps.filter(
          ({ action, side: to }) => action === 'fetch' || (action === 'update' && to !== 'there'),
        );
        const arrived = new Set(came.map((step) => step.documentId));
        const rest = next.steps.filter((step) => !(step.kind === 'file' && arrived.has(step.documentId)));
        expect(rest.filter((step) => !['skip', 'conflict'].includes(step.action))).toEqual([]);
      }),
      runs,
    );
  });

  it('deletes nothing on a doubtful list, and nothing at all unless the mode deletes', () => {
    fc.assert(
      fc.property(world, options, (made, chosen) => {
        const before = looked(made, chosen);
        const doubtful = plan(before, chosen, 'it keeps changing').totals;
        expect(doubtful['delete-here'].documents + doubtful['delete-there'].documents).toBe(0);
        const deletes = chosen.mode.startsWith('mirror') || (chosen.mode === 'twoWay' && chosen.deletions === true);
        const settles = (chosen.resolutions?.size ?? 0) > 0;
        const { totals, consent } = plan(before, chosen);
        const deleted = totals['delete-here'].documents + totals['delete-there'].documents;
        if (!deletes && !settles) expect(deleted).toBe(0);
        expect(consent === 'none').toBe(deleted === 0);
      }),
      runs,
    );
  });

  it('changes no document that is in conflict and was not settled by a person', () => {
    fc.assert(
      fc.property(world, options, (made, chosen) => {
        const { resolutions, ...unsettled } = chosen;
        fc.pre(!chosen.mode.startsWith('mirror'));
        const before = looked(made, { ...chosen, updateEdited: true });
        const after = carriedOut(before, plan(before, unsettled));
        for (const [id, word] of before.here) {
          const other = before.there.get(id);
          if (other === undefined || other === word || !changedOnBoth(before.common, id, word, other)) continue;
          expect([after.here.get(id), after.there.get(id)]).toEqual([word, other]);
        }
        expect(resolutions).toBeDefined();
      }),
      runs,
    );
  });

  it('never loses a document by a mode that does not delete', () => {
    fc.assert(
      fc.property(world, options, additive, (before, chosen, mode) => {
        const after = carriedOut(before, plan(before, { ...chosen, mode, deletions: false, resolutions: new Map() }));
        for (const id of before.here.keys()) expect(after.here.has(id)).toBe(true);
        for (const id of before.there.keys()) expect(after.there.has(id)).toBe(true);
      }),
      runs,
    );
  });

  it('is empty for equal sides', () => {
    fc.assert(
      fc.property(side, options, (held, chosen) => {
        fc.pre(held.size > 0);
        const uids = [...held].flatMap(([id, word]) => uidsOf(id, word));
        const equal: World = {
          here: held,
          there: new Map(held),
          filesHere: new Map(uids.map((one) => [one, 5])),
          filesThere: new Map(uids.map((one) => [one, { uploaded: true, size: 5 }])),
          common: { local: new Set(), remote: new Set(), hashes: new Map() },
          unseen: new Set(),
        };
        expect(isEmptyPlan(plan(equal, chosen))).toBe(true);
      }),
      runs,
    );
  });
});
