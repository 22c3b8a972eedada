import type { CallInputs, CallOutputs } from '../../../shared/contract/contract.ts';
import type { RemoteDocument } from '../../../shared/contract/cloud.ts';
import { fileEntries } from '../../../shared/model/document-files.ts';
import { type JsonObject, toPlainJson } from '../../../shared/model/document-json.ts';
import {
  dependencies,
  documentClass,
  documentDatestamp,
  documentId,
  documentName,
  documentSessionId,
  storedSuperclasses,
} from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { checkQuery, condition, isa, operationOf, type Query, subQuery } from '../../../shared/model/query.ts';
import type { CloudApi } from '../../ndi/cloud/api/cloud-api.ts';
import { fromService } from '../../ndi/cloud/sync/canonical.ts';
import { wordsOf } from '../../ndi/query/free-text.ts';
import { cutForPage } from '../cut-document.ts';
import type { AccountsService } from './accounts.ts';

type Request = CallInputs['cloud']['findDocuments'];

/** Operations of ours that the service does not know. */
const UNKNOWN_THERE: readonly string[] = ['hassize', 'partial_struct'];

/** Documents in the cloud, over all datasets that the account may read. */
export class RemoteDocuments {
  readonly #accounts: AccountsService;

  constructor(accounts: AccountsService) {
    this.#accounts = accounts;
  }

  /** @throws NdiError query.invalid, cloud.*, auth.* */
  async find(request: Request, signal?: AbortSignal): Promise<CallOutputs['cloud']['findDocuments']> {
    const { limit = 50 } = request;
    const api = this.#accounts.api();
    const searchstructure = clausesOf(request).map((one) => ({ ...one }));
    const answer = await api.call('ndiQuery', {
      query: { page: 1, pageSize: limit },
      body: { scope: 'all', searchstructure },
      signal,
    });
    const rows = answer.documents.slice(0, limit);
    const datasets = await datasetsOf(api, new Set(rows.map((row) => row.datasetId ?? '')), signal);
    const documents = rows.map(({ id, ndiId, name = '', className = '', datasetId = '' }): RemoteDocument => {
      const { dataset, published } = datasets.get(datasetId) ?? { dataset: '', published: false };
      return { id: ndiId ?? id, cloudId: id, class: className, name, datasetId, dataset, published };
    });
    return { total: answer.number_matches ?? answer.totalItems ?? rows.length, documents };
  }

  /** @throws NdiError cloud.notFound and others, auth.* */
  async get(
    { datasetId, cloudId }: CallInputs['cloud']['document'],
    signal?: AbortSignal,
  ): Promise<CallOutputs['cloud']['document']> {
    const api = this.#accounts.api();
    const [stored, datasets] = await Promise.all([
      api.call('getDocument', { path: { datasetId, documentId: cloudId }, signal }),
      datasetsOf(api, new Set([datasetId]), signal),
    ]);
    const document = fromService(stored as JsonObject);
    const { document: shown, cut } = cutForPage(document);
    return {
      document: toPlainJson(shown) as JsonObject,
      cut,
      summary: {
        id: documentId(document),
        class: documentClass(document),
        name: documentName(document),
        sessionId: documentSessionId(document),
        datestamp: documentDatestamp(document),
      },
      superclasses: storedSuperclasses(document),
      dependencies: dependencies(document).map(({ name, value }) => ({ name, id: value })),
      files: fileEntries(document).map(({ name }) => name),
      ...(datasets.get(datasetId) ?? { dataset: '', published: false }),
    };
  }
}

/** The service has neither free text nor exact classes: words stand for names, a class for its descendants too. */
function clausesOf({ where = [], class: className, text = '' }: Request): Query {
  const query: Query = [
    ...checkQuery(where),
    ...(className === undefined ? [] : isa(className)),
    ...wordsOf(text).flatMap((word) => condition('base.name', 'contains_string', word)),
  ];
  refuseUnknown(query);
  return query.length === 0 ? isa('base') : query;
}

function refuseUnknown(query: Query): void {
  for (const one of query) {
    const { operation } = operationOf(one);
    if (operation === 'or') for (const side of [one.param1, one.param2]) refuseUnknown(subQuery(side));
    if (!UNKNOWN_THERE.includes(operation)) continue;
    throw new NdiError({
      code: 'query.invalid',
      message: `NDI Cloud cannot look for “${operation}”.`,
      recovery: 'Leave this condition out, or download the dataset and look there.',
      details: { operation },
    });
  }
}

async function datasetsOf(
  api: CloudApi,
  ids: ReadonlySet<string>,
  signal: AbortSignal | undefined,
): Promise<Map<string, Pick<RemoteDocument, 'dataset' | 'published'>>> {
  const named = [...ids].filter((id) => id !== '').slice(0, 20);
  const datasets = await Promise.all(
    named.map(async (datasetId) => {
      // A document of a dataset that does not tell its name is still worth showing.
      const dataset = await api.call('getDataset', { path: { datasetId }, signal }).catch(() => null);
      return [datasetId, { dataset: dataset?.name ?? '', published: dataset?.isPublished === true }] as const;
    }),
  );
  return new Map(datasets);
}
