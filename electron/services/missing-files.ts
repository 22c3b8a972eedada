import { opendir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { CallInputs, CallOutputs } from '../../shared/contract/contract.ts';
import { fileEntries, type FileEntry } from '../../shared/model/document-files.ts';
import { documentId, type NdiDocument } from '../../shared/model/documents.ts';
import { condition } from '../../shared/model/query.ts';
import { toFileError } from '../files/file-faults.ts';
import { cancelledError } from '../signal/cancelled.ts';
import { ndiFolder } from '../ndi/folder.ts';
import { filesFolder } from '../ndi/maintenance/copy-folder.ts';
import type { DocumentsService } from './documents.ts';
import { findTarget } from './edits/target.ts';
import type { OpenItems } from './open-items.ts';

type Input = CallInputs['maintenance']['missingFiles'];
type Output = CallOutputs['maintenance']['missingFiles'];

/** Documents that are read at once; then others are served. */
const TURN = 200;
/** Files that are not in the store are looked for by themselves, where their documents say that they are: no more. */
const MOST_OUTSIDE = 1_000;
const SHOWN = 3;

/**
 * Files that documents have and that are not here, as a check tells them. The store is listed once, however many files
 * it holds; gives up as soon as nobody waits any more.
 */
export class MissingFiles {
  readonly #items: OpenItems;
  readonly #documents: DocumentsService;

  constructor(items: OpenItems, documents: DocumentsService) {
    this.#items = items;
    this.#documents = documents;
  }

  /** @throws NdiError session.notFound, database.*, path.*, app.cancelled */
  async find({ mostDocuments = Infinity, ...wanted }: Input, signal?: AbortSignal): Promise<Output> {
    // A session that a dataset links to has its own folder.
    const { path, sessionId } = findTarget(this.#items, wanted);
    const place = { path, sessionId };
    const list = (offset: number, limit: number) =>
      this.#documents.full({ ...place, where: [...condition('files', 'hasfield')], offset, limit, wait: true }, signal);
    const { total } = await list(0, 0);
    if (total > mostDocuments) return { documents: total, looked: null, missing: 0, more: false, first: [] };
    const stored = total === 0 ? new Set<string>() : await storedNames(path, signal);
    const missing: Output['first'] = [];
    let [looked, outside] = [0, 0];
    const answer = (more: boolean): Output => {
      return { documents: total, looked, missing: missing.length, more, first: missing.slice(0, SHOWN) };
    };
    for (let offset = 0; offset < total; offset += TURN) {
      const { documents } = await list(offset, TURN);
      await nextTurn();
      if (signal?.aborted === true) throw cancelledError();
      const { holder } = findTarget(this.#items, place);
      for (const document of documents as NdiDocument[]) {
        const id = documentId(document);
        for (const file of fileEntries(document)) {
          looked += 1;
          if (isKept(id, file, stored)) continue;
          if (outside === MOST_OUTSIDE) return answer(true);
          outside += 1;
          const isHere = holder.files(document).some(({ name, path: here }) => name === file.name && here !== null);
          if (!isHere) missing.push({ id, name: file.name });
        }
      }
    }
    return answer(false);
  }
}

/** In the store, under MATLAB's name or the Python port's, or meant to lie in the cloud or on the web. */
function isKept(id: string, { name, locations }: FileEntry, stored: ReadonlySet<string>): boolean {
  return stored.has(`${id}_${name}`) || locations.some((one) => one.location_type !== 'file' || stored.has(one.uid));
}

async function storedNames(path: string, signal: AbortSignal | undefined): Promise<ReadonlySet<string>> {
  const folder = join(ndiFolder(path), filesFolder);
  const names = new Set<string>();
  try {
    for await (const entry of await opendir(folder, { bufferSize: 1_000 })) {
      if (signal?.aborted === true) throw cancelledError();
      names.add(entry.name);
    }
  } catch (error) {
    if (!(error instanceof Error) || !('code' in error) || error.code !== 'ENOENT') throw toFileError(error, folder);
  }
  return names;
}
