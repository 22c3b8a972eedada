import type { Backup, CheckProblem } from '../../../shared/contract/maintenance.ts';
import type { Answer, Command, Run } from '../run.ts';
import { facts, formatBytes, sections, table } from '../tables.ts';

interface CheckOptions {
  readonly repair?: boolean;
  readonly restore?: string;
}

export const check: Command<CheckOptions> = async (run, [path = ''], options) => {
  const folder = run.path(path);
  if (options.restore !== undefined) return putBack(run, folder, run.path(options.restore));
  if (options.repair !== true) {
    const value = await run.callLong('Checking', (client, signal) =>
      client.maintenance.check({ path: folder }, { signal }),
    );
    return { value, text: () => describeProblems(value.problems) };
  }
  const value = await run.callLong('Repairing', (client, signal) =>
    client.maintenance.repair({ path: folder }, { signal }),
  );
  const { repaired, problems, backup: made } = value;
  return {
    value,
    text: () =>
      sections(
        repaired.length === 0 ? '' : sections('Repaired:', describeProblems(repaired)),
        sections(repaired.length === 0 ? '' : 'Left:', describeProblems(problems)),
        made === null ? '' : `To undo it: ndi check ${path} --restore ${made.path}`,
      ),
  };
};

function describeProblems(problems: readonly CheckProblem[]): string {
  if (problems.length === 0) return 'No problems.';
  return table(
    ['Code', 'Problem', 'Repair'],
    problems.map((one) => [one.code, one.message, one.fix ?? 'It needs a decision.']),
  );
}

export const backup: Command<{ readonly list?: boolean }> = async (run, [path = '', target], { list }) => {
  const folder = run.path(path);
  if (list === true) {
    const value = await run.call((client) => client.maintenance.backups({ path: folder }));
    return { value, text: () => (value.length === 0 ? 'No backups.' : describeBackups(value)) };
  }
  const value = await run.callLong('Making a backup', (client, signal) =>
    client.maintenance.backUp(
      { path: folder, ...(target === undefined ? {} : { target: run.path(target) }) },
      { signal },
    ),
  );
  return { value, text: () => describeBackups([value]) };
};

function describeBackups(backups: readonly Backup[]): string {
  return table(
    ['Made', 'For', 'Files', 'Size', 'Folder'],
    backups.map((one) => [one.createdAt, one.why, one.files, formatBytes(one.databaseBytes + one.fileBytes), one.path]),
  );
}

export const restore: Command<object> = (run, [path = '', from = '']) => putBack(run, run.path(path), run.path(from));

async function putBack(run: Run, path: string, from: string): Promise<Answer> {
  const value = await run.callLong('Restoring', (client, signal) =>
    client.maintenance.restore({ path, backup: from }, { signal }),
  );
  const { restored, previous } = value;
  return {
    value,
    text: () =>
      facts([
        ['Restored', `the state of ${restored.createdAt}`],
        ['Before it', previous === null ? 'could not be read, and is not kept' : `is kept in ${previous.path}`],
      ]),
  };
}

export const compact: Command<object> = async (run, [path = '']) => {
  const folder = run.path(path);
  const room = await run.callLong('Compacting', (client) => client.maintenance.compact({ path: folder }));
  const sizes = await run.call((client) => client.maintenance.sizes({ path: folder }));
  return {
    value: { ...room, ...sizes },
    text: () =>
      facts([
        ['Database', `${formatBytes(room.afterBytes)} (it was ${formatBytes(room.beforeBytes)})`],
        ['Stored files', `${sizes.files} (${formatBytes(sizes.fileBytes)})`],
        ['Backups', `${sizes.backups} (${formatBytes(sizes.backupBytes)} besides what they share)`],
      ]),
  };
};
