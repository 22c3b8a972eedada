import { createLinked } from '../../../ndi/cloud/copy/link.ts';
import type { LocalCopy } from '../../../ndi/cloud/copy/local-copy.ts';
import { whenFree } from '../../../ndi/database/when-free.ts';
import type { NdiDocument } from '../../../../shared/model/documents.ts';
import type { TransferReport, TransferRequest } from '../../../../shared/contract/cloud-sync.ts';
import type { Resolution, SyncPlan } from '../../../../shared/model/sync.ts';
import { downloadTarget, makeLocalCopy } from '../../../ndi/cloud/run/download.ts';
import { sendsAnything } from '../../../ndi/cloud/run/prepare.ts';
import { runSync, type SyncOptions } from '../../../ndi/cloud/run/run-sync.ts';
import type { Meter } from '../../../ndi/cloud/transfer/meter.ts';
import { Tally } from '../../../ndi/cloud/transfer/tally.ts';
import type { Throttle } from '../../../ndi/cloud/transfer/throttle.ts';
import type { CopySession, CopySessions } from './copy-session.ts';
import { describedAt } from './described.ts';
import { nameOf } from './planning.ts';
import type { TakeIn } from './take-in.ts';

export interface Execution {
  readonly copies: CopySessions;
  readonly meter: Meter;
  readonly throttle: Throttle;
  readonly takeIn: TakeIn;
  readonly signal: AbortSignal;
  /** The dataset is known now. */
  readonly onDataset: (datasetId: string) => void;
}

const uploadOptions = { mode: 'uploadNew' } as const;

type RequestOf<Kind extends TransferRequest['kind']> = Extract<TransferRequest, { kind: Kind }>;

/**
 * Carries out what was asked for, from wherever an earlier attempt stopped.
 * @throws NdiError where nothing, or nothing more, can be done
 */
export async function execute(request: TransferRequest, at: Execution): Promise<TransferReport> {
  const began = Date.now();
  const tally = new Tally();
  const { plan, datasetId, path } = await carryOut(request, at, tally);
  const { sent, fetched, updated, deletedHere, deletedThere, verified, resumed, failed } = tally;
  const { sentFiles, fetchedFiles, sentBytes, fetchedBytes, resentSingly } = tally;
  const steps = plan?.steps ?? [];
  return {
    cloudDatasetId: datasetId,
    path,
    sent,
    fetched,
    updated,
    deletedHere,
    deletedThere,
    skipped: steps.filter(({ action }) => action === 'skip').length,
    failed,
    verified,
    resumed,
    elapsedMs: Date.now() - began,
    ...{ sentFiles, fetchedFiles, sentBytes, fetchedBytes, resentSingly },
    conflicts: steps.filter(({ action }) => action === 'conflict').map(({ id }) => id),
    warnings: [...tally.notes, ...(plan?.warnings ?? [])],
  };
}

interface CarriedOut {
  readonly plan: SyncPlan | null;
  readonly datasetId: string;
  readonly path: string;
}

async function carryOut(request: TransferRequest, at: Execution, tally: Tally): Promise<CarriedOut> {
  if (request.kind !== 'download') await readyToSend(request, at);
  switch (request.kind) {
    case 'upload':
      await linkIfNeeded(request, at);
      return await syncLinked(request.path, () => uploadOptions, at, tally);
    case 'sync':
      return await syncLinked(request.path, (session) => optionsOf(request, session), at, tally);
    case 'download':
      return await download(request, at, tally);
  }
}

/** What cannot be sent is refused before anything is asked of the server. */
async function readyToSend(request: RequestOf<'upload' | 'sync'>, { copies, meter, takeIn, signal }: Execution) {
  if (request.takeIn === true) {
    meter.begin('taking the recordings in');
    await takeIn(request.path, signal);
  }
  const options = request.kind === 'upload' ? uploadOptions : request.options;
  if (!sendsAnything(options)) return;
  await whenFree(() => copies.withCopy(request.path, (copy) => copy.requireIngested()), { signal });
}

async function syncLinked(
  path: string,
  options: (session: CopySession) => SyncOptions,
  at: Execution,
  tally: Tally,
): Promise<CarriedOut> {
  const { copies, meter, throttle, signal } = at;
  return await copies.withLinked(
    path,
    async (session) => {
      const { datasetId } = session;
      at.onDataset(datasetId);
      const { plan } = await runSync({ ...session, meter, throttle, signal, tally }, options(session));
      return { plan, datasetId, path: session.copy.path };
    },
    signal,
  );
}

function optionsOf({ options, approval, resolutions = {} }: RequestOf<'sync'>, session: CopySession): SyncOptions {
  const chosen = new Map<string, Resolution>();
  const merged = new Map<string, NdiDocument>();
  for (const [id, resolution] of Object.entries(resolutions)) {
    chosen.set(id, typeof resolution === 'string' ? resolution : 'merged');
    if (typeof resolution !== 'string') merged.set(id, resolution.merged as NdiDocument);
  }
  const typedName = approval?.typedName !== undefined && approval.typedName === nameOf(session);
  const { yes = false, maxDeletions = 0, withoutDeletions = false } = approval ?? {};
  return {
    ...options,
    resolutions: chosen,
    merged,
    acceptEmptyRemote: typedName,
    approval: { yes, maxDeletions, typedName, withoutDeletions },
  };
}

async function linkIfNeeded({ path, name }: RequestOf<'upload'>, at: Execution): Promise<void> {
  const { copies, signal, meter } = at;
  const link = async (copy: LocalCopy) => {
    if ((await whenFree(() => copy.links(), { signal })).length > 0) return;
    meter.begin('making the dataset in the cloud');
    const organization = await copies.accounts.organization(signal);
    const described = describedAt(copy.path);
    const metadata = { ...described, name: name ?? described.name ?? copy.reference };
    const wanted = { organizationId: organization.id, metadata };
    await createLinked(copy, await copies.pinnedApi(), copies.journal, wanted, signal);
  };
  await copies.whileOpen(path, link, signal);
}

async function download(request: RequestOf<'download'>, at: Execution, tally: Tally): Promise<CarriedOut> {
  const { copies, meter, signal } = at;
  const { datasetId, files, ownSessionId } = request;
  at.onDataset(datasetId);
  const wanted = { datasetId, folder: request.folder, ...(ownSessionId === undefined ? {} : { ownSessionId }) };
  const tools = { api: await copies.pinnedApi(), journal: copies.journal, signal, meter, tally };
  const path = await makeLocalCopy(tools, wanted);
  const fresh = tally.fetched > 0;
  // A copy that was there already is brought up to date; a new one needs its files at most.
  if (fresh && !files) return { plan: null, datasetId, path: downloadTarget(wanted) };
  return await syncLinked(path, () => ({ mode: 'downloadNew', files }), at, tally);
}
