import type { CloudHttp } from '../http/cloud-http.ts';
import type { Limits } from '../http/limits.ts';
import { Caller, type Answer, type Arguments, type Operation, type TokenSource } from './caller.ts';
import { listFiles, type FileInventory } from './file-inventory.ts';
import { listDatasets, listDocuments, type DocumentInventory } from './inventory.ts';
import { CloudStorage } from './storage.ts';

/**
 * One server of NDI Cloud, as one account. `call` makes any operation of its interface, typed; what takes more than one
 * call, such as whole lists, has a method of its own.
 */
export class CloudApi {
  readonly storage: CloudStorage;
  readonly http: CloudHttp;
  readonly #caller: Caller;

  constructor(options: {
    readonly http: CloudHttp;
    readonly base: string;
    readonly tokens: TokenSource;
    /** Of transfers, where others are wanted. */
    readonly limits?: Limits;
  }) {
    this.http = options.http;
    this.#caller = new Caller(options.http, options.base, options.tokens);
    this.storage = new CloudStorage(options.http, options.base, options.limits);
  }

  /** Address of the API, with its version. */
  get base(): string {
    return this.#caller.base;
  }

  /** @throws NdiError `cloud.*` or `auth.*`; details `outcomeUnknown` where a creation may have been done */
  call<Op extends Operation>(operation: Op, given: Arguments<Op>): Promise<Answer<Op>> {
    return this.#caller.call(operation, given);
  }

  /** Every document of a dataset. */
  listDocuments(datasetId: string, options: Parameters<typeof listDocuments>[2] = {}): Promise<DocumentInventory> {
    return listDocuments(this.#caller, datasetId, options);
  }

  /** Every file of a dataset. */
  listFiles(datasetId: string, signal?: AbortSignal): Promise<FileInventory> {
    return listFiles(this.#caller, datasetId, signal);
  }

  /** Datasets, page by page. */
  listDatasets(list: Parameters<typeof listDatasets>[1], options: Parameters<typeof listDatasets>[2] = {}) {
    return listDatasets(this.#caller, list, options);
  }
}
