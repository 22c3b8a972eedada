import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { CallOutputs } from '../../shared/contract/contract.ts';
import type { Session } from '../ndi/session.ts';
import type { DataWorkers } from '../workers/data-workers.ts';
import { summaryOf } from './document-summary.ts';
import { type EditTarget, entriesWithFiles } from './edits/target.ts';
import { sessionEpochs } from './session-epochs.ts';

type Found = CallOutputs['objects']['findFiles'];
type Match = Found['matches'][number];

/** More are counted as more. */
const MOST_MATCHES = 200;
/** Documents between two looks at whether somebody still waits. */
const AT_ONCE = 1000;

/**
 * Files of documents and recordings whose name, place or id holds a text, and those of an epoch whose id holds it.
 * @param text in any case
 * @throws NdiError database.*, path.*
 */
export async function findFiles(
  target: EditTarget,
  session: Session | null,
  workers: DataWorkers,
  text: string,
  signal?: AbortSignal,
): Promise<Found> {
  const { holder } = target;
  const wanted = text.toLowerCase();
  const matches: Match[] = [];
  const holds = (...texts: readonly string[]) => texts.some((one) => one.toLowerCase().includes(wanted));
  const { epochs } = session === null ? { epochs: [] } : await sessionEpochs(session, workers, signal);
  for (const { epochId, device, files } of epochs) {
    const own = holds(epochId) ? files : files.filter((path) => holds(basename(path), path));
    matches.push(...own.map((path) => ({ kind: 'epoch' as const, epochId, device, path, isThere: existsSync(path) })));
  }
  for (const [at, entry] of entriesWithFiles(target).entries()) {
    if (matches.length > MOST_MATCHES) break;
    if (at % AT_ONCE === 0) {
      await new Promise((resolve) => setImmediate(resolve));
      signal?.throwIfAborted();
    }
    const document = summaryOf(entry);
    for (const file of holder.files(holder.read(entry))) {
      if (!holds(file.name, file.uid, file.path ?? '')) continue;
      const { uid, path, sizeBytes } = file;
      matches.push({ kind: 'document', document, name: file.name, uid, path, sizeBytes });
    }
  }
  return { matches: matches.slice(0, MOST_MATCHES), more: matches.length > MOST_MATCHES };
}
