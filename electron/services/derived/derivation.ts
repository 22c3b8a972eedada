import type { DerivationPlan, DerivationRequest } from '../../../shared/contract/derived-elements.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { ClockSpan } from '../../../shared/model/clocks.ts';
import { textOf, valueAt } from '../../../shared/model/documents.ts';
import { liesInCloud } from '../../ndi/database/file-store.ts';
import { type ElementTable, type ElementTableEpoch, ElementTables, placeOf } from '../../ndi/epochs/element-signals.ts';
import { type Element, elementEpochs, elementName, elements, isProbe } from '../../ndi/epochs/elements.ts';
import { type JoinedEpochs, joinEpochs } from '../../ndi/epochs/one-epoch.ts';
import type { Session } from '../../ndi/session.ts';

import { HEADER_BYTES } from '../../formats/vhsb/header.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import { sessionEpochs } from '../session-epochs.ts';
import { refused, type RowSource, rowSource } from './epoch-rows.ts';

/** An epoch that is to be read. */
export interface SourceEpoch {
  readonly epochId: string;
  readonly clocks: readonly ClockSpan[];
  readonly rows: RowSource;
}

/** What there is to do. */
export interface Derivation {
  readonly source: ElementTable;
  /** The element that was derived so before. */
  readonly existing: Element | null;
  readonly factor: number;
  readonly epochs: readonly SourceEpoch[];
  /** How the epochs are put together; null where each stays one. */
  readonly joined: JoinedEpochs | null;
  /** Document that the new one replaces. */
  readonly replaces: string | null;
  readonly plan: DerivationPlan;
}

/** Epoch of an element that joins all epochs of a session, as NDI names it. */
export const wholeEpochId = (session: Session) => `whole_session_${session.reference}`;

/**
 * Looks at an element and its epochs, and at what was derived from it before.
 * @throws NdiError usage.invalid, epoch.notFound, document.duplicate, format.*, path.*; document.fileMissing for a file
 *   that lies in the cloud only
 */
export async function planDerivation(
  session: Session,
  workers: DataWorkers,
  request: DerivationRequest,
  signal?: AbortSignal,
): Promise<Derivation> {
  const { epochs: ofDevices } = await sessionEpochs(session, workers, signal);
  const tables = new ElementTables(session, ofDevices);
  const source = tables.find(request.element);
  if (source.epochs.length === 0) throw nothingIn(source);
  const existing = findExisting(session, source, request);
  const { how } = request;
  const factor = how.kind === 'downsample' ? how.factor : 1;
  const old = existing === null ? null : oldEpochs(session, existing, how.kind);
  const lacking = source.epochs.filter(({ epochId }) => old?.epochIds.has(epochId) !== true);
  if (how.kind === 'oneEpoch' && old !== null) refuseLost(source, old.epochIds);
  // What joins all is written anew as a whole; what stands epoch by epoch gets those that it lacks.
  const wanted = how.kind === 'oneEpoch' && lacking.length > 0 ? source.epochs : lacking;
  const describe = async (element: ElementTable, epoch: ElementTableEpoch): Promise<RowSource> => {
    const place = placeOf(session, element, epoch);
    if (place.path === '') throw unreadable(element, epoch.epochId);
    const info = await workers.describe(place.path, signal);
    const rows = rowSource(`${elementName(element)}, epoch ${epoch.epochId}`, place, info);
    if (!Number.isFinite(rows.startSec) || !Number.isFinite(rows.endSec)) throw hasNoTimes(rows.name);
    return rows;
  };
  if (how.kind === 'downsample' && existing !== null) {
    await refuseOtherFactor(source, tables.find(existing.id), factor, describe);
  }
  const { epochs, leftOut } = await describeAll(wanted, (epoch) => describe(source, epoch));
  const [failed] = leftOut;
  if (failed !== undefined && (how.kind === 'oneEpoch' || epochs.length === 0)) throw failed.error;
  const first = epochs[0]?.rows;
  checkAlike(source, epochs, how.kind);
  const joined = how.kind === 'oneEpoch' && epochs.length > 0 ? joinEpochs(epochs.map(toJoin)) : null;
  const order = joined?.epochs.map(({ epochId }) => epochId) ?? epochs.map(({ epochId }) => epochId);
  const rowsOf = ({ rows }: SourceEpoch) => Math.ceil(rows.rows / factor);
  const rows = epochs.reduce((sum, epoch) => sum + rowsOf(epoch), 0);
  const bytes = epochs.reduce((sum, epoch) => sum + rowsOf(epoch) * 8 * (1 + epoch.rows.channels.length), 0);
  const columns = first?.channels.length ?? 0;
  const fromRate = first?.sampleRate ?? null;
  return {
    ...{ source, existing, factor, epochs, joined, replaces: old?.documentId ?? null },
    plan: {
      from: elementName(source),
      to: elementName(request),
      exists: existing !== null,
      epochs: order.flatMap((epochId) =>
        epochs.filter((epoch) => epoch.epochId === epochId).map((epoch) => ({ epochId, rows: rowsOf(epoch) })),
      ),
      already: source.epochs.length - lacking.length,
      leftOut: leftOut.map(({ epochId, error }) => ({ epochId, reason: error.message })),
      ...{ columns, fromRate, toRate: fromRate === null ? null : fromRate / factor, rows },
      sizeBytes: rows === 0 ? 0 : HEADER_BYTES * (joined === null ? epochs.length : 1) + bytes,
      clock: joined?.clock ?? null,
    },
  };
}

/** NDI knows what was derived before by its name and reference. */
function findExisting(session: Session, source: ElementTable, { name, reference }: DerivationRequest): Element | null {
  const named = elements(session).filter((one) => one.name === name && one.reference === reference);
  const [found] = named;
  if (found === undefined) return null;
  if (named.length === 1 && !found.direct && !isProbe(found) && found.underlyingId === source.id) return found;
  throw new NdiError({
    code: 'document.duplicate',
    message: `There is an element ${elementName(found)} already, which was not derived from ${elementName(source)}.`,
    recovery: 'Choose another name or reference. Nothing was written.',
    details: { element: found.id },
  });
}

/** Epochs of the source that are in the derived element, and the document that joins them. */
function oldEpochs(session: Session, existing: Element, kind: DerivationRequest['how']['kind']) {
  const joins = session.documents({ isa: 'oneepoch', dependsOn: { name: 'element_id', id: existing.id } });
  if (kind === 'downsample') {
    if (joins.length > 0) throw madeOtherwise(existing);
    return { epochIds: new Set(elementEpochs(session, existing).map(({ epochId }) => epochId)), documentId: null };
  }
  if (joins.length !== elementEpochs(session, existing).length) throw madeOtherwise(existing);
  const documents = joins.map((entry) => session.read(entry));
  const ids = documents.flatMap((one) => textOf(valueAt(one, 'oneepoch.epoch_ids')).split(','));
  return { epochIds: new Set(ids.map((id) => id.trim()).filter(Boolean)), documentId: joins[0]?.id ?? null };
}

async function describeAll(
  wanted: readonly ElementTableEpoch[],
  describe: (epoch: ElementTableEpoch) => Promise<RowSource>,
) {
  const epochs: SourceEpoch[] = [];
  const leftOut: { epochId: string; error: NdiError }[] = [];
  for (const epoch of wanted) {
    const { epochId, clocks } = epoch;
    try {
      epochs.push({ epochId, clocks, rows: await describe(epoch) });
    } catch (error) {
      // A file that lies in the cloud is no epoch to be left out: whoever asked fetches it.
      if (!(error instanceof NdiError) || error.code === 'app.cancelled' || liesInCloud(error)) throw error;
      leftOut.push({ epochId, error });
    }
  }
  return { epochs, leftOut };
}

/** Epochs of one element have one rate: those that it has tell by what it was made. */
async function refuseOtherFactor(
  source: ElementTable,
  made: ElementTable,
  factor: number,
  describe: (element: ElementTable, epoch: ElementTableEpoch) => Promise<RowSource>,
): Promise<void> {
  const [old] = made.epochs;
  const from = source.epochs.find(({ epochId }) => epochId === old?.epochId);
  if (old === undefined || from === undefined) return;
  const [before, now] = [(await describe(source, from)).sampleRate, (await describe(made, old)).sampleRate];
  if (before === null || now === null || Math.round(before / now) === factor) return;
  throw madeOtherwise(made);
}

function toJoin({ epochId, clocks, rows: { startSec, endSec, sampleRate } }: SourceEpoch) {
  return { epochId, clocks, startSec, endSec, stepSec: sampleRate === null ? 0 : 1 / sampleRate };
}

/** Epochs of one element may differ in what was recorded. */
function checkAlike(source: ElementTable, epochs: readonly SourceEpoch[], kind: DerivationRequest['how']['kind']) {
  const [first] = epochs;
  const event = epochs.find(({ rows }) => rows.sampleRate === null);
  if (kind === 'downsample' && event !== undefined) {
    throw refused(`${elementName(source)} holds events, which have no rate that could be lowered.`);
  }
  const other = epochs.find(
    ({ rows }) => rows.channels.length !== first?.rows.channels.length || rows.sampleRate !== first.rows.sampleRate,
  );
  if (kind === 'oneEpoch' && first !== undefined && other !== undefined) {
    throw refused(`The epochs ${first.epochId} and ${other.epochId} differ in their channels or sample rate.`);
  }
}

function refuseLost(source: ElementTable, joined: ReadonlySet<string>): void {
  const known = new Set(source.epochs.map(({ epochId }) => epochId));
  const lost = [...joined].find((id) => !known.has(id));
  if (lost === undefined) return;
  throw refused(`The joined epoch holds ${lost}, which ${elementName(source)} has no longer: it would be lost.`);
}

function madeOtherwise(existing: Pick<Element, 'id' | 'name' | 'reference'> | ElementTable): NdiError {
  return new NdiError({
    code: 'document.duplicate',
    message: `The epochs of ${elementName(existing)} were made in another way.`,
    recovery: 'Choose another name or reference. Nothing was written.',
    details: { element: existing.id },
  });
}

function unreadable(source: ElementTable, epochId: string): NdiError {
  return new NdiError({
    code: 'format.unsupported',
    message: `The signals of ${elementName(source)} in the epoch ${epochId} cannot be read.`,
    recovery: 'Look at the problems of the epoch on the session’s page.',
    details: { epoch: epochId },
  });
}

const hasNoTimes = (name: string) => refused(`${name}, has no samples, and nothing tells its length.`);

const nothingIn = (source: ElementTable) => refused(`${elementName(source)} has no epochs.`);
