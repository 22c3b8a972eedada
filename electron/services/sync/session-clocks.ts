import { dirname } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { type ClockType, parseClockType } from '../../../shared/model/clocks.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import type { Session } from '../../ndi/session.ts';
import { TimeConverter } from '../../ndi/time/convert.ts';
import type { EpochNode, EpochSet, SetEpoch } from '../../ndi/time/epoch-sets.ts';
import { LinkedGraph } from '../../ndi/time/linked-graph.ts';
import type { RuleContext } from '../../ndi/time/rules/rule.ts';
import { derivedName, DerivedSets, deviceSet } from '../../ndi/time/session-sets.ts';
import { loadSync, type StoredSync } from '../../ndi/time/sync-documents.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import { sessionEpochs } from '../session-epochs.ts';
import { fileStamp, stampOf, type RuleFiles } from './rule-files.ts';

/** The clocks of a session as they were when it was last looked at: one state, built once and asked often. */
export interface SessionClocks {
  readonly session: Session;
  readonly epochs: readonly Epoch[];
  readonly devices: readonly EpochSet[];
  readonly sync: StoredSync;
  readonly built: LinkedGraph;
  readonly converter: TimeConverter;
  readonly context: RuleContext;
  readonly derived: DerivedSets;
  /** Of the session's DAQ systems and epochs, and of its sync documents. */
  readonly problems: readonly Problem[];
  /** Files and folders whose change makes another state. */
  readonly watched: ReadonlyMap<string, string>;
}

/**
 * Looks at a session's epochs and rules and brings its sync graph to their state. Files are read only where a rule must.
 * @param before the last state of the same session: what has not changed since is kept, its graph too
 */
export async function readSessionClocks(
  session: Session,
  workers: DataWorkers,
  files: RuleFiles,
  before: SessionClocks | null,
  signal?: AbortSignal,
): Promise<SessionClocks> {
  const { systems, epochs, problems } = await sessionEpochs(session, workers, signal);
  const watched = watch(session, epochs);
  const given = systems.map(({ system, epochs: own }) => deviceSet(session, system, own, stampOf));
  const sync = loadSync(session);
  const built = before?.built ?? new LinkedGraph();
  await built.update(given, sync, (sets) => files.context(sets, epochs));
  // Documents were written, those of elements perhaps.
  if (before !== null && before.session !== session) built.removeDerived();
  const { devices, rules } = built;
  return {
    session,
    epochs,
    devices,
    sync: { ...sync, rules },
    built,
    converter: before?.converter ?? new TimeConverter(built.graph),
    context: files.context(devices, epochs),
    derived: new DerivedSets(session, epochs),
    problems: [...problems, ...sync.problems],
    watched,
  };
}

/** Files of epochs, and the folders in which further ones would appear. */
function watch(session: Session, epochs: readonly Epoch[]): Map<string, string> {
  const files = epochs.flatMap((epoch) => epoch.files);
  const paths = new Set([session.path, ...files]);
  for (const file of files) {
    for (let folder = dirname(file); folder.startsWith(session.path) && !paths.has(folder); folder = dirname(folder)) {
      paths.add(folder);
    }
  }
  return new Map([...paths].map((path) => [path, fileStamp(path)]));
}

/** Whether nothing of what was looked at has changed since. */
export function isFresh(clocks: SessionClocks): boolean {
  for (const [path, stamp] of clocks.watched) if (fileStamp(path) !== stamp) return false;
  return true;
}

/** A clock as people name it. The device is a DAQ system, a probe or an element. */
export interface ClockPlace {
  readonly device: string;
  /** Id or number; may be left out where the time tells. */
  readonly epoch?: string | undefined;
  readonly clock: string;
}

/**
 * What is meant by a place. Probes and elements come into the graph when they are first named.
 * @throws NdiError epoch.notFound, document.invalid
 */
export function findPlace(
  clocks: SessionClocks,
  { device, epoch, clock }: ClockPlace,
): { set: EpochSet; epoch: SetEpoch | null; clock: ClockType } {
  const set = findSet(clocks, device);
  return { set, clock: parseClockType(clock), epoch: epoch === undefined ? null : findSetEpoch(set, epoch) };
}

/** The device's epoch behind a node, where the node is on the clock of its samples; else undefined. */
export function sampledEpoch(clocks: SessionClocks, node: EpochNode): Epoch | undefined {
  const [below] = node.epoch.underlying;
  if (below !== undefined) {
    const under = clocks.built.graph.node(below.setName, below.epochId, node.clock);
    return under === undefined ? undefined : sampledEpoch(clocks, under);
  }
  const epoch = clocks.epochs.find(({ device, epochId }) => device === node.set.name && epochId === node.epoch.epochId);
  return epoch?.clocks[0]?.type === node.clock ? epoch : undefined;
}

function findSet({ devices, derived, built: { graph } }: SessionClocks, name: string): EpochSet {
  const known = devices.find((set) => set.name.toLowerCase() === name.toLowerCase());
  if (known !== undefined) return known;
  const [label = '', reference = ''] = name.split('|').map((part) => part.trim());
  const plain = { name: label, reference: Number(reference) };
  for (const candidate of [name, derivedName('probe', plain), derivedName('element', plain)]) {
    const sets = derived.find(candidate);
    for (const set of sets) if (!graph.sets.has(set.name)) graph.putSet(set);
    const found = sets.at(-1);
    if (found !== undefined) return graph.sets.get(found.name) ?? found;
  }
  throw new NdiError({
    code: 'epoch.notFound',
    message: `The session has no DAQ system, probe or element named “${name}”.`,
    recovery: `Name one of: ${[...devices.map((set) => set.name), ...derived.names()].slice(0, 20).join(', ')}.`,
    details: { device: name },
  });
}

function findSetEpoch(set: EpochSet, epoch: string): SetEpoch {
  const byId = set.epochs.find(({ epochId }) => epochId.toLowerCase() === epoch.toLowerCase());
  const found = byId ?? (/^\d+$/.test(epoch) ? set.epochs[Number(epoch) - 1] : undefined);
  if (found !== undefined) return found;
  throw new NdiError({
    code: 'epoch.notFound',
    message: `${set.name} has no epoch ${epoch}.`,
    recovery: `It has ${set.epochs.length}: ${set.epochs
      .slice(0, 10)
      .map(({ epochId }) => epochId)
      .join(', ')}.`,
    details: { device: set.name, epoch },
  });
}
