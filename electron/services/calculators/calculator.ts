import { release, type as systemName } from 'node:os';
import type { Problem } from '../../../shared/contract/common.ts';
import type { JsonObject } from '../../../shared/model/document-json.ts';
import type { NdiDocument } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { QueryCondition } from '../../../shared/model/query.ts';
import type { Session } from '../../ndi/session.ts';
import type { DataWorkers } from '../../workers/data-workers.ts';
import type { SyncService } from '../sync/sync.ts';
import { applicationVersion } from '../version.ts';

/** What a calculator works with. */
export interface Surroundings {
  readonly path: string;
  readonly session: Session;
  readonly workers: DataWorkers;
  readonly sync: SyncService;
  readonly problems: Problem[];
  readonly signal: AbortSignal;
}

/** One result that can be had: what is stored of it already, and how it is made. */
export interface Result {
  /** Ids of the documents that hold it. */
  readonly existing: readonly string[];
  /** All that is to be added for it. */
  readonly make: () => Promise<NdiDocument[]>;
}

/** Computes documents of one class from documents (analysis reference, section 10). */
export interface Calculator {
  readonly name: string;
  /** By which others know it: its class in NDI, the class of its documents. */
  readonly otherNames: readonly string[];
  /** Name of the dependency for the input, and which documents may be it. */
  readonly input: { readonly name: string; readonly query: readonly QueryCondition[] };
  /** Its documents name epochs, which must have their ids on disk by then. */
  readonly namesEpochs?: true;
  /** What may be said with `--param`, and what it is otherwise. */
  readonly parameters: Readonly<Record<string, string>>;
  /** @throws NdiError usage.invalid for parameters that mean nothing */
  prepare(parameters: JsonObject, surroundings: Surroundings): Promise<(input: NdiDocument) => Promise<Result[]>>;
}

/** The `app` group that NDI keeps with every document an app has made (analysis reference, section 1). */
export function appFields(name: string, remark = ''): JsonObject {
  return {
    name,
    version: `NDI Desktop ${applicationVersion()}${remark === '' ? '' : `; ${remark}`}`,
    url: '',
    os: systemName(),
    os_version: release(),
    interpreter: 'Node.js',
    interpreter_version: process.versions.node,
  };
}

/** For a parameter that cannot be used. */
export function invalidParameter(name: string, rule: string, value: unknown): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `The parameter ${name} must be ${rule}; it is ${value === undefined ? 'not given' : JSON.stringify(value)}.`,
    recovery: 'Give it as --param NAME=VALUE, where VALUE is JSON or a text.',
    details: { parameter: name },
  });
}
