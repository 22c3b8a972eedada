import type { CopyComparison } from '../../../shared/contract/cloud-copies.ts';
import type { Command } from '../run.ts';
import { facts, sections, table } from '../tables.ts';
import { useProfile, type ProfileOption } from './cloud-account.ts';

/** Differences are an answer, not a fault: the exit status tells of them all the same. */
const DIFFERENT = 5;
/** Something of the repair could not be done. */
const PARTLY = 1;

export const compare: Command<ProfileOption & { readonly contents?: boolean }> = async (run, [path = ''], options) => {
  await useProfile(run, options);
  const contents = options.contents === true;
  const value = await run.callLong('Comparing with NDI Cloud', (client, signal) =>
    client.cloudCopies.compare({ path: run.path(path), contents }, { signal }),
  );
  const { localOnly, remoteOnly, mismatchedIds, duplicates } = value;
  const differs = localOnly + remoteOnly + mismatchedIds.length + duplicates.length > 0;
  return { value, text: () => describe(value), ...(differs ? { exit: DIFFERENT } : {}) };
};

function describe({ contents, localOnly, remoteOnly, common, mismatchDetails, duplicates }: CopyComparison): string {
  return sections(
    facts([
      ['Only here', localOnly],
      ['Only in the cloud', remoteOnly],
      ['On both sides', common],
      ['Different', contents ? mismatchDetails.length : 'not compared (--contents)'],
      ['In the cloud more than once', duplicates.length],
    ]),
    mismatchDetails.length === 0
      ? ''
      : table(
          ['Document', 'In the cloud', 'Why'],
          mismatchDetails.map(({ ndiId, apiId, reason }) => [ndiId, apiId, reason]),
        ),
    duplicates.length === 0 ? '' : '“ndi cloud repair” takes the doubles away.',
  );
}

interface RepairOptions extends ProfileOption {
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

export const repair: Command<RepairOptions> = async (run, [path = ''], options) => {
  await useProfile(run, options);
  const given = { path: run.path(path), yes: options.yes === true, dryRun: options.dryRun === true };
  const value = await run.callLong('Repairing in NDI Cloud', (client, signal) =>
    client.cloudCopies.repair(given, { signal }),
  );
  const { duplicates, deletedThere, failed, dryRun } = value;
  const rows = duplicates.map(({ id, kept, extra }) => [id, kept, extra.join(' ')]);
  return {
    value,
    text: () =>
      duplicates.length === 0
        ? 'Nothing is in the cloud more than once.'
        : sections(
            table(['Document', 'Stays', 'Goes'], rows),
            dryRun
              ? 'Nothing was changed.'
              : `${deletedThere} records were deleted; they can be had back for seven days.`,
            failed.map(({ id, reason }) => `${id}: ${reason}`).join('\n'),
          ),
    ...(failed.length > 0 ? { exit: PARTLY } : {}),
  };
};

export const link: Command<ProfileOption> = async (run, [path = '', datasetId = ''], options) => {
  await useProfile(run, options);
  const value = await run.call((client, signal) =>
    client.cloudCopies.link({ path: run.path(path), datasetId }, { signal }),
  );
  return { value, text: () => `Linked to ${value.cloudDatasetId}.` };
};

export const unlink: Command<ProfileOption & { readonly dataset?: string }> = async (run, [path = ''], options) => {
  await useProfile(run, options);
  const datasetId = options.dataset === undefined ? {} : { datasetId: options.dataset };
  const value = await run.call((client, signal) =>
    client.cloudCopies.unlink({ path: run.path(path), ...datasetId }, { signal }),
  );
  return {
    value,
    text: () => `Not linked to ${value.unlinked.join(', ')} any more; nothing was changed in the cloud.`,
  };
};

export const restore: Command<ProfileOption> = async (run, [datasetId = ''], options) => {
  await useProfile(run, options);
  const value = await run.callLong('Restoring', (client, signal) =>
    client.cloudCopies.restore({ datasetId }, { signal }),
  );
  return { value, text: () => `“${value.name}” is back.` };
};

interface DeleteOptions extends ProfileOption {
  readonly confirm: string;
  readonly when: string;
}

export const remove: Command<DeleteOptions> = async (run, [datasetId = ''], options) => {
  await useProfile(run, options);
  const { confirm: name, when } = options;
  const value = await run.call((client, signal) => client.cloudCopies.remove({ datasetId, name, when }, { signal }));
  return {
    value,
    text: () =>
      when === 'now' ? 'Deleted for good.' : `Deleted; “ndi cloud restore ${datasetId}” brings it back for ${when}.`,
  };
};
