import type { SyncPlanView, SyncStatus, TransferReport, TransferRequest } from '../../../shared/contract/cloud-sync.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { syncActions, type SyncMode } from '../../../shared/model/sync.ts';
import { withOwnWay } from '../report.ts';
import type { Answer, Command, Run } from '../run.ts';
import { facts, sections, table } from '../tables.ts';
import { useProfile, type ProfileOption } from './cloud-account.ts';

interface PlanOptions extends ProfileOption {
  readonly mode: SyncMode;
  readonly files?: boolean;
  readonly deletions?: boolean;
  readonly updateEdited?: boolean;
}

interface SyncOptions extends PlanOptions {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
  readonly maxDeletions?: number;
  readonly confirm?: string;
  readonly take?: 'here' | 'there';
  readonly takeIn?: boolean;
}

/** A run that left something undone, and one that left conflicts. */
const PARTLY = 1;
const CONFLICTS = 5;

export const status: Command<ProfileOption & { readonly offline?: boolean }> = async (run, [path = ''], options) => {
  await useProfile(run, options);
  const check = options.offline !== true;
  const value = await run.callLong('Comparing with NDI Cloud', (client, signal) =>
    client.cloudSync.status({ path: run.path(path), check }, { signal }),
  );
  return { value, text: () => describeStatus(value) };
};

export const plan: Command<PlanOptions> = async (run, [path = ''], options) => {
  await useProfile(run, options);
  return planAnswer(await planned(run, run.path(path), options));
};

interface UploadOptions extends ProfileOption {
  readonly name?: string;
  readonly takeIn?: boolean;
}

export const upload: Command<UploadOptions> = async (run, [path = ''], options) => {
  await useProfile(run, options);
  const name = options.name === undefined ? {} : { name: options.name };
  return await carriedOut(run, { kind: 'upload', path: run.path(path), takeIn: options.takeIn === true, ...name });
};

interface DownloadOptions extends ProfileOption {
  readonly files?: boolean;
  readonly session?: string;
}

export const download: Command<DownloadOptions> = async (run, [datasetId = '', folder = ''], options) => {
  await useProfile(run, options);
  const session = options.session === undefined ? {} : { ownSessionId: options.session };
  const files = options.files === true;
  return await carriedOut(run, { kind: 'download', datasetId, folder: run.path(folder), files, ...session });
};

export const sync: Command<SyncOptions> = async (run, [path = ''], options) => {
  await useProfile(run, options);
  const full = run.path(path);
  if (options.dryRun === true) return planAnswer(await planned(run, full, options));
  const { yes, maxDeletions, confirm } = options;
  const carrying = carriedOut(run, {
    kind: 'sync',
    path: full,
    options: syncOptionsOf(options),
    takeIn: options.takeIn === true,
    approval: {
      ...(yes === undefined ? {} : { yes }),
      ...(maxDeletions === undefined ? {} : { maxDeletions }),
      ...(confirm === undefined ? {} : { typedName: confirm }),
    },
    ...(options.take === undefined ? {} : { resolutions: await settled(run, full, options, options.take) }),
  });
  return await carrying.catch((thrown: unknown) => refusedWithPlan(run, full, options, thrown));
};

/** Where deletions need consent, the failure comes with what there is to agree to. */
async function refusedWithPlan(run: Run, path: string, options: PlanOptions, thrown: unknown): Promise<Answer> {
  if (!(thrown instanceof NdiError) || thrown.code !== 'sync.consentNeeded') throw thrown;
  const found = await planned(run, path, options);
  const error = withOwnWay(thrown.toReport());
  return {
    value: { error, plan: found },
    text: () => sections(describePlan(found), `${error.message} ${error.recovery}`),
    exit: CONFLICTS,
  };
}

function syncOptionsOf({ mode, files, deletions, updateEdited }: PlanOptions) {
  return {
    mode,
    files: files === true,
    deletions: deletions === true,
    updateEdited: updateEdited === true,
  };
}

async function planned(run: Run, path: string, options: PlanOptions): Promise<SyncPlanView> {
  return await run.callLong('Planning', (client, signal) =>
    client.cloudSync.plan({ path, options: syncOptionsOf(options), limit: null }, { signal }),
  );
}

/** Every conflict of the plan, settled for one side. */
async function settled(run: Run, path: string, options: PlanOptions, side: 'here' | 'there') {
  const { steps } = await run.callLong('Planning', (client, signal) =>
    client.cloudSync.plan({ path, options: syncOptionsOf(options), limit: null, actions: ['conflict'] }, { signal }),
  );
  return Object.fromEntries(steps.map(({ id }) => [id, side]));
}

async function carriedOut(run: Run, request: TransferRequest): Promise<Answer> {
  const value = await run.callLong('Transferring', async (client, signal) => {
    const { id } = await client.cloudSync.start({ request });
    return await client.cloudSync.finish({ id }, { signal });
  });
  return { value, text: () => describeReport(value), exit: exitOf(value) };
}

function exitOf({ failed, conflicts }: TransferReport): number {
  if (conflicts.length > 0) return CONFLICTS;
  return failed.length > 0 ? PARTLY : 0;
}

function planAnswer(value: SyncPlanView): Answer {
  return { value, text: () => describePlan(value) };
}

function describeStatus(found: SyncStatus): string {
  if (!found.linked) return 'Not in NDI Cloud yet. “ndi cloud upload” sends it.';
  return facts([
    ['State', found.state],
    ['Dataset', found.cloudDatasetId],
    ['Looked at', found.checkedAt],
    ['Only here', found.localOnly],
    ['Only in the cloud', found.remoteOnly],
    ['On both sides', found.common],
    ['Conflicts', found.conflicts],
  ]);
}

const SHOWN = 200;

function describePlan(found: SyncPlanView): string {
  const { steps, totals, warnings, blocked } = found;
  const notes = [...(blocked === null ? [] : [blocked]), ...warnings].map(({ message }) => message).join('\n');
  if (steps.length === 0) return sections('Nothing to do: both sides are in step.', notes);
  const rows = steps
    .slice(0, SHOWN)
    .map((step) => [step.action, step.kind, step.name || step.className, step.id, step.bytes ?? '', step.reason]);
  const sums = syncActions
    .filter((action) => totals[action].documents + totals[action].files > 0)
    .map((action) => [action, totals[action].documents, totals[action].files, totals[action].bytes]);
  return sections(
    table(['Action', 'Kind', 'Name', 'Id', 'Bytes', 'Why'], rows),
    steps.length > SHOWN ? `… and ${steps.length - SHOWN} more; --json shows all.` : '',
    table(['Action', 'Documents', 'Files', 'Bytes'], sums),
    notes,
  );
}

function describeReport(report: TransferReport): string {
  const { failed, conflicts, warnings } = report;
  return sections(
    facts([
      ['Dataset', report.cloudDatasetId],
      ['Path', report.path],
      ['Sent', report.sent],
      ['Files sent', report.sentFiles],
      ['Fetched', report.fetched],
      ['Files fetched', report.fetchedFiles],
      ['Updated', report.updated],
      ['Deleted here', report.deletedHere],
      ['Deleted in the cloud', report.deletedThere],
      ['Left alone', report.skipped],
      ['Taken up again', report.resumed],
      ['Verified', report.verified],
      ['Seconds', report.elapsedMs / 1000],
    ]),
    conflicts.length === 0
      ? ''
      : `${conflicts.length} conflicts were left alone. --take here or --take there settles them.`,
    failed.length === 0
      ? ''
      : table(
          ['Failed', 'Why'],
          failed.map(({ id, reason }) => [id, reason]),
        ),
    warnings.map(({ message }) => message).join('\n'),
  );
}
