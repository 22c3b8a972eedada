import { existsSync } from 'node:fs';
import { NdiError } from '../../../../shared/model/errors.ts';
import { isIngestedAddress, parseIngestedAddress, type IngestedEpoch } from '../../../formats/ndi-ingested/address.ts';
import { segmentsIn } from '../../../formats/ndi-ingested/segments-in.ts';
import { inParallel } from '../../../ndi/cloud/transfer/in-parallel.ts';
import type { DataWorkers } from '../../../workers/data-workers.ts';
import type { CloudFiles } from './cloud-files.ts';

const AT_ONCE = 4;

/** Seconds of the epoch's clock, or null for everything. */
type Range = { readonly from: number; readonly to: number } | null;

/**
 * Threads that read recordings, with files of the cloud fetched when it turns out that they are needed. Of an ingested
 * epoch all segments of the time that is looked at come together.
 */
export function fetchingWorkers(workers: DataWorkers, files: CloudFiles): DataWorkers {
  const onDemand = async <T>(path: string, range: Range, signal: AbortSignal | undefined, work: () => Promise<T>) => {
    if (!isIngestedAddress(path)) return await work();
    const guarded = async () => {
      try {
        return await work();
      } catch (thrown) {
        await fetchTogether(files, parseIngestedAddress(path), thrown, range, signal);
        throw thrown;
      }
    };
    return await files.onDemand(guarded, signal, (kept) => nameIn(parseIngestedAddress(path), kept));
  };
  const timesOf = ({ t0, t1, timeShift = 0 }: { t0: number; t1: number; timeShift?: number | undefined }) => ({
    from: t0 - timeShift,
    to: t1 - timeShift,
  });
  const samplesOf = (query: Parameters<DataWorkers['read']>[1]): Range =>
    query.unit === 'seconds' ? timesOf({ t0: query.from, t1: query.to, timeShift: query.timeShift }) : null;
  return {
    ...workers,
    describe: (path, signal) => onDemand(path, null, signal, () => workers.describe(path, signal)),
    planPyramid: (path, signal) => onDemand(path, null, signal, () => workers.planPyramid(path, signal)),
    view: (path, query, signal, pyramid, previews) =>
      onDemand(path, timesOf(query), signal, () => workers.view(path, query, signal, pyramid, previews)),
    envelope: (path, query, signal, pyramid) =>
      onDemand(path, timesOf(query), signal, () => workers.envelope(path, query, signal, pyramid)),
    read: (path, query, signal) => onDemand(path, samplesOf(query), signal, () => workers.read(path, query, signal)),
    readArrays: (path, query, signal) =>
      onDemand(path, samplesOf(query), signal, () => workers.readArrays(path, query, signal)),
    readSingles: (path, query, signal) =>
      onDemand(path, samplesOf(query), signal, () => workers.readSingles(path, query, signal)),
    decimate: (path, query, signal) => onDemand(path, null, signal, () => workers.decimate(path, query, signal)),
    events: (path, query, signal) => onDemand(path, null, signal, () => workers.events(path, query, signal)),
    buildPyramid: async (path, access, options) => {
      await fetchWhole(files, path, options.signal);
      await workers.buildPyramid(path, access, options);
    },
  };
}

/** Whether some of a recording lies in the cloud only: to build its overview all of it would have to come. */
export function isPartlyInCloud(path: string): boolean {
  if (!isIngestedAddress(path)) return false;
  const epoch = parseIngestedAddress(path);
  return (epoch.remote ?? []).some((name) => isMissing(epoch, name));
}

/** What a failure for want of a segment tells: others of its group are wanted too. */
async function fetchTogether(
  files: CloudFiles,
  epoch: IngestedEpoch,
  thrown: unknown,
  range: Range,
  signal: AbortSignal | undefined,
): Promise<void> {
  if (!(thrown instanceof NdiError) || thrown.code !== 'path.missing' || range === null) return;
  const name = nameIn(epoch, thrown.details['path']);
  if (name === undefined) return;
  await fetchMissing(files, epoch, segmentsIn(epoch, name, range), signal);
}

function nameIn(epoch: IngestedEpoch, path: unknown): string | undefined {
  return Object.entries(epoch.files).find(([, one]) => one === path)?.[0];
}

async function fetchWhole(files: CloudFiles, path: string, signal: AbortSignal | undefined): Promise<void> {
  if (!isIngestedAddress(path)) return;
  const epoch = parseIngestedAddress(path);
  await fetchMissing(files, epoch, epoch.remote ?? [], signal);
}

async function fetchMissing(
  files: CloudFiles,
  epoch: IngestedEpoch,
  names: readonly string[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const missing = names.filter((name) => isMissing(epoch, name));
  await inParallel(missing, AT_ONCE, async (name) => {
    await files.fetch(epoch.files[name] ?? '', name, signal);
  });
}

/** Whether a file of an epoch is not on this computer. */
function isMissing({ files }: IngestedEpoch, name: string): boolean {
  return !existsSync(files[name] ?? '');
}
