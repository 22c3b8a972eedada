import type {
  Backup as BackupInfo,
  CheckProblem,
  CheckReport,
  ItemContent,
  Sizes,
} from '../../shared/contract/maintenance.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { whenFree } from '../ndi/database/when-free.ts';
import { type Backup, backUp, listBackups, readBackup, restoreBackup } from '../ndi/maintenance/backup.ts';
import { check, repair } from '../ndi/maintenance/check.ts';
import { deletedItems, deleteItem, undelete } from '../ndi/maintenance/delete-item.ts';
import type { Finding } from '../ndi/maintenance/findings.ts';
import { compact, sizes } from '../ndi/maintenance/sizes.ts';
import { holdsNdi, readMarks } from '../ndi/folder.ts';
import type { Jobs } from './jobs.ts';
import { fullPath, type OpenItems } from './open-items.ts';
import { toWriteError } from './writable-folder.ts';

/** A damaged database may give as many problems as documents: more than these say nothing new. */
const LISTED_OF_A_CODE = 500;

/** Check, repair, backups and room on the disk of sessions and datasets. */
export class MaintenanceService {
  readonly #open: OpenItems;
  readonly #jobs: Jobs;

  constructor(open: OpenItems, jobs: Jobs) {
    this.#open = open;
    this.#jobs = jobs;
  }

  /** @throws NdiError session.notFound, database.*, path.* */
  sizes(path: string): Sizes {
    return sizes(requireItem(path));
  }

  async check(path: string, signal?: AbortSignal): Promise<CheckReport> {
    const folder = requireItem(path);
    return this.#jobs.run({ title: 'Checking', signal }, async (job, cancelled) => {
      const report = (fraction: number, detail: string) => job.report(fraction, detail);
      return reportOf(await check(folder, { signal: cancelled, report }));
    });
  }

  async repair(path: string, signal?: AbortSignal) {
    return this.#change(path, 'Repairing', signal, async (folder, cancelled, report) => {
      const { repaired, left, backup } = await repair(folder, { signal: cancelled, report });
      return {
        ...reportOf(left),
        repaired: listed(repaired).map(problemOf),
        backup: backup === null ? null : infoOf(backup),
      };
    });
  }

  backups(path: string): BackupInfo[] {
    return listBackups(requireItem(path)).map(infoOf);
  }

  async backUp(path: string, target: string | undefined, signal?: AbortSignal): Promise<BackupInfo> {
    const folder = requireItem(path);
    return this.#jobs.run({ title: 'Making a backup', signal }, async (job, cancelled) => {
      const report = (fraction: number, detail: string) => job.report(fraction, detail);
      const place = target === undefined ? null : fullPath(target);
      try {
        return infoOf(await backUp(folder, place, { signal: cancelled, report }));
      } catch (error) {
        throw toWriteError(error, place ?? folder);
      }
    });
  }

  async restore(path: string, backup: string, signal?: AbortSignal) {
    return this.#change(path, 'Restoring', signal, async (folder, cancelled) => {
      const restored = infoOf(readBackup(fullPath(backup)));
      const previous = await restoreBackup(folder, restored.path, { signal: cancelled });
      return { restored, previous: previous === null ? null : infoOf(previous) };
    });
  }

  async compact(path: string) {
    return this.#change(path, 'Compacting', undefined, (folder) => whenFree(() => compact(folder)));
  }

  /** @throws NdiError path.* */
  content(path: string): ItemContent {
    const folder = fullPath(path);
    const deleted = deletedItems(folder);
    const marks = readMarks(folder);
    const nothing = { kind: null, id: marks.id ?? '', reference: marks.reference ?? '', documents: 0, linked: 0 };
    const room = { files: 0, fileBytes: 0, backups: 0 };
    if (!holdsNdi(folder)) return { ...nothing, ...room, deleted };
    try {
      const { files, fileBytes, backups } = sizes(folder);
      const item = this.#open.find(folder);
      const holder = item === null ? null : item.kind === 'session' ? item.session : item.dataset;
      if (item === null || holder === null) return { ...nothing, ...room, deleted };
      return {
        kind: item.kind,
        id: holder.id,
        reference: holder.reference,
        documents: holder.documents().length,
        linked: item.kind === 'dataset' ? item.dataset.sessions().filter(({ linked }) => linked).length : 0,
        ...{ files, fileBytes, backups, deleted },
      };
    } catch (error) {
      // What cannot be opened can still be deleted.
      if (error instanceof NdiError) return { ...nothing, ...room, deleted };
      throw error;
    }
  }

  /** @throws NdiError session.notFound, usage.invalid for another reference, database.busy, path.* */
  async delete(request: { path: string; reference: string; forGood?: boolean | undefined }) {
    const { reference } = this.content(request.path);
    if (request.reference !== reference) throw otherReference(reference);
    return this.#change(request.path, 'Deleting NDI’s data', undefined, (folder) =>
      whenFree(() => ({ kept: deleteItem(folder, request.forGood !== true) })),
    );
  }

  /** @throws NdiError session.notFound, session.exists, path.* */
  undelete(path: string): { path: string } {
    const folder = fullPath(path);
    undelete(folder);
    return { path: folder };
  }

  async #change<T>(
    path: string,
    title: string,
    signal: AbortSignal | undefined,
    work: (folder: string, signal: AbortSignal, report: (fraction: number, detail: string) => void) => Promise<T>,
  ): Promise<T> {
    const folder = requireItem(path);
    return this.#jobs.run({ title, signal }, async (job, cancelled) => {
      // Our own reading connection would keep the database from being replaced on Windows.
      this.#open.close(folder);
      try {
        return await work(folder, cancelled, (fraction, detail) => job.report(fraction, detail));
      } catch (error) {
        throw toWriteError(error, folder);
      } finally {
        this.#open.close(folder);
      }
    });
  }
}

function otherReference(reference: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `What is to be deleted is called “${reference}”.`,
    recovery: 'Name it exactly so if you mean it. Nothing was changed.',
    details: { reference },
  });
}

function requireItem(path: string): string {
  const folder = fullPath(path);
  if (holdsNdi(folder)) return folder;
  throw new NdiError({
    code: 'session.notFound',
    message: `${folder} holds no NDI session or dataset.`,
    recovery: 'Choose the folder that holds its .ndi folder.',
    details: { path: folder },
  });
}

function reportOf(findings: readonly Finding[]): CheckReport {
  const counts: Record<string, number> = {};
  for (const { code } of findings) counts[code] = (counts[code] ?? 0) + 1;
  return {
    ok: findings.every((one) => one.grade === 'note'),
    problems: listed(findings).map(problemOf),
    counts,
  };
}

function listed(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  return findings.filter(({ code }) => {
    const count = (counts.get(code) ?? 0) + 1;
    counts.set(code, count);
    return count <= LISTED_OF_A_CODE;
  });
}

function problemOf({ code, grade, message, id, fix }: Finding): CheckProblem {
  return { code, grade, message, id, fix };
}

function infoOf({ path, createdAt, of, id, reference, why, databaseBytes, files }: Backup): BackupInfo {
  const fileBytes = files.reduce((sum, file) => sum + file.sizeBytes, 0);
  return { path, createdAt, of, id, reference, why, databaseBytes, files: files.length, fileBytes };
}
