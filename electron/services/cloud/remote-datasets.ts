import type { DatasetList, RemoteDataset, RemoteDocuments } from '../../../shared/contract/cloud.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { getDataset } from '../../ndi/cloud/copy/link.ts';
import { findDocuments } from '../../ndi/cloud/remote/find-documents.ts';
import { deleteDataset, restoreDataset } from '../../ndi/cloud/remote/dataset-life.ts';
import { listOf, type DatasetRow } from '../../ndi/cloud/api/shapes.ts';
import type { OpenItems } from '../open-items.ts';
import type { Recents } from '../recents.ts';
import type { AccountsService } from './accounts.ts';

const routes = {
  mine: 'listOrganizationDatasets',
  public: 'listPublished',
  submitted: 'listUnpublished',
  deleted: 'listDeletedDatasets',
} as const;
/** Class of the document that links a dataset with the cloud. */
const linkClass = 'dataset_remote';

/** Datasets in the cloud, and which of them are linked with a folder of this computer. */
export class RemoteDatasets {
  readonly #accounts: AccountsService;
  readonly #openItems: OpenItems;
  readonly #recents: Recents;

  constructor(accounts: AccountsService, openItems: OpenItems, recents: Recents) {
    this.#accounts = accounts;
    this.#openItems = openItems;
    this.#recents = recents;
  }

  /**
   * One of the lists, whole: the server cannot search in it.
   * @param search words that name, abstract, authors or id hold
   */
  async list(
    { list, search }: { list: DatasetList; search: string },
    signal?: AbortSignal,
  ): Promise<{ total: number; datasets: RemoteDataset[] }> {
    const api = this.#accounts.api();
    const organizationId = list === 'mine' ? (await this.#accounts.organization(signal)).id : '';
    const submitted = list === 'mine' ? await this.#submittedIds(signal) : new Set<string>();
    const links = await this.#links();
    const datasets: RemoteDataset[] = [];
    for await (const { rows } of api.listDatasets(routes[list], { organizationId, pageSize: 1000, signal })) {
      for (const row of rows) {
        const isSubmitted = list === 'submitted' || submitted.has(row.id) || row.isPublished === true;
        datasets.push(described(row, isSubmitted, links.get(row.id) ?? null));
      }
    }
    const words = search.toLowerCase().split(/\s+/).filter(Boolean);
    const found = datasets.filter((dataset) => words.every((word) => searchText(dataset).includes(word)));
    return { total: found.length, datasets: found };
  }

  /**
   * Documents of a dataset in the cloud, without fetching it.
   * @param isa only those of this class or one derived from it
   */
  async documents(
    { datasetId, isa, limit }: { datasetId: string; isa?: string | undefined; limit: number },
    signal?: AbortSignal,
  ): Promise<RemoteDocuments> {
    const { rows, note } = await findDocuments(this.#accounts.api(), datasetId, isa ?? null, signal);
    const documents = rows.slice(0, limit).map(({ id, ndiId = '', className = '', name = '' }) => {
      return { id: ndiId, cloudId: id, class: className, name };
    });
    return { total: rows.length, documents, note };
  }

  /** Brings a deleted dataset back. @throws NdiError cloud.notFound once it is gone for good, auth.*, cloud.* */
  async restore(datasetId: string, signal?: AbortSignal): Promise<{ cloudDatasetId: string; name: string }> {
    const { name = '' } = await restoreDataset(this.#accounts.api(), datasetId, signal);
    return { cloudDatasetId: datasetId, name };
  }

  /**
   * Deletes a dataset in the cloud.
   * @param given its name, as a person typed it
   * @throws NdiError sync.consentNeeded where that is another one, cloud.*, auth.*
   */
  async remove(
    given: { readonly datasetId: string; readonly name: string; readonly when: string },
    signal?: AbortSignal,
  ): Promise<{ cloudDatasetId: string; when: string }> {
    const { datasetId, when } = given;
    const api = this.#accounts.api();
    const { name = datasetId } = await getDataset(api, datasetId, signal);
    if (given.name !== name) throw otherName(name, given.name);
    await deleteDataset(api, datasetId, when, signal);
    return { cloudDatasetId: datasetId, when };
  }

  /** List rows do not say it; the list of submitted ones does. */
  async #submittedIds(signal?: AbortSignal): Promise<Set<string>> {
    const ids = new Set<string>();
    for await (const { rows } of this.#accounts.api().listDatasets('listUnpublished', { pageSize: 1000, signal })) {
      for (const row of rows) ids.add(row.id);
    }
    return ids;
  }

  /** Folders opened lately, by the cloud id that their link names. */
  async #links(): Promise<Map<string, string>> {
    const links = new Map<string, string>();
    for (const { path, missing, kind } of await this.#recents.list()) {
      if (missing || (kind !== 'dataset' && kind !== 'session')) continue;
      const id = this.#linkOf(path);
      if (id !== null && !links.has(id)) links.set(id, path);
    }
    return links;
  }

  #linkOf(path: string): string | null {
    try {
      const item = this.#openItems.find(path);
      const holder = item?.kind === 'dataset' ? item.dataset : item?.session;
      const entry = holder?.documents({ class: linkClass })[0];
      const body = entry === undefined ? undefined : holder?.read(entry)[linkClass];
      const id = (body as { dataset_id?: unknown } | undefined)?.dataset_id;
      return typeof id === 'string' ? id : null;
    } catch {
      // A folder that cannot be read just now says so where it is opened.
      return null;
    }
  }
}

function otherName(name: string, given: string): NdiError {
  return new NdiError({
    code: 'sync.consentNeeded',
    message: `The dataset is named “${name}”, not “${given}”. Nothing was deleted.`,
    recovery: 'To agree, give its name exactly.',
    details: { name },
  });
}

function described(row: DatasetRow, submitted: boolean, linkedPath: string | null): RemoteDataset {
  const people = listOf(row.contributors).map(({ firstName = '', lastName = '' }) => `${firstName} ${lastName}`.trim());
  return {
    id: row.id,
    name: row.name ?? row.branchName ?? row.id,
    published: row.isPublished === true,
    submitted,
    documents: row.documentCount ?? null,
    bytes: row.totalSize ?? null,
    updatedAt: row.updatedAt ?? null,
    linkedPath,
    abstract: row.abstract ?? '',
    authors: people.filter((name) => name !== ''),
    license: row.license ?? '',
    doi: row.doi ?? '',
    deletedAt: row.deleteOccurrenceTime ?? null,
  };
}

function searchText({ id, name, abstract, authors }: RemoteDataset): string {
  return [id, name, abstract, ...authors].join(' ').toLowerCase();
}
