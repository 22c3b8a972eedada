import type { z } from 'zod';
import type { documentListRequestSchema } from '../../../shared/contract/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { readCondition } from '../query-option.ts';

/** The options that say which documents are meant, and in which order. */
export interface FilterOptions {
  readonly class?: string;
  readonly isa?: string;
  readonly where?: string;
  readonly dependsOn?: string;
  readonly id?: string;
  readonly text?: string;
  readonly session?: string;
  readonly sort?: string;
  readonly descending?: boolean;
}

export type Request = z.input<typeof documentListRequestSchema>;

/** What the options ask of the documents at a path. @throws NdiError query.invalid, usage.invalid */
export async function toRequest(path: string, options: FilterOptions): Promise<Request> {
  const where = options.where === undefined ? undefined : await readCondition(options.where);
  const request: Request = { path };
  if (options.class !== undefined) request.class = options.class;
  if (options.isa !== undefined) request.isa = options.isa;
  if (options.id !== undefined) request.id = options.id;
  if (options.text !== undefined) request.text = options.text;
  if (options.session !== undefined) request.sessionId = options.session;
  if (options.dependsOn !== undefined) request.dependsOn = readDependency(options.dependsOn);
  if (where !== undefined) request.where = where;
  if (options.sort !== undefined) request.sort = options.sort;
  if (options.descending === true) request.descending = true;
  return request;
}

function readDependency(given: string): { name: string; id: string } {
  const at = given.indexOf('=');
  if (at > 0 && at < given.length - 1) return { name: given.slice(0, at), id: given.slice(at + 1) };
  throw new NdiError({
    code: 'usage.invalid',
    message: `“${given}” is not of the form NAME=ID.`,
    recovery: 'Write the name of the dependency and the id of a document: --depends-on element_id=ID.',
  });
}
