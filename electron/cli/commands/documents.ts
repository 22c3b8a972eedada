import type { z } from 'zod';
import type { documentListRequestSchema, DocumentSummary } from '../../../shared/contract/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { readCondition } from '../query-option.ts';
import type { Command } from '../run.ts';
import { sections, table } from '../tables.ts';

interface Options {
  readonly class?: string;
  readonly isa?: string;
  readonly where?: string;
  readonly dependsOn?: string;
  readonly id?: string;
  readonly session?: string;
  readonly full?: boolean;
  readonly limit?: number;
}

type Request = z.input<typeof documentListRequestSchema>;

/** Documents asked for in one call; more are fetched in turn. */
const DOCUMENTS_A_CALL = 5000;

export const documents: Command<Options> = async (run, [path = ''], options) => {
  const request = await toRequest(run.path(path), options);
  if (options.full === true) {
    const value = await readAllPages(options.limit, (page) =>
      run.call((client, signal) => client.documents.full({ ...request, ...page }, { signal })),
    );
    return { value, text: () => JSON.stringify(value.documents, null, 2) };
  }
  const value = await readAllPages(options.limit, (page) =>
    run.call((client, signal) => client.documents.list({ ...request, ...page }, { signal })),
  );
  return { value, text: () => describe(value) };
};

async function toRequest(path: string, options: Options): Promise<Request> {
  const where = options.where === undefined ? undefined : await readCondition(options.where);
  const request: Request = { path };
  if (options.class !== undefined) request.class = options.class;
  if (options.isa !== undefined) request.isa = options.isa;
  if (options.id !== undefined) request.id = options.id;
  if (options.session !== undefined) request.sessionId = options.session;
  if (options.dependsOn !== undefined) request.dependsOn = readDependency(options.dependsOn);
  if (where !== undefined) request.where = where;
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

async function readAllPages<T>(
  limit: number | undefined,
  readPage: (page: { offset: number; limit: number }) => Promise<{ total: number; documents: T[] }>,
): Promise<{ total: number; documents: T[] }> {
  const wanted = limit ?? Infinity;
  const documents: T[] = [];
  for (;;) {
    const missing = Math.min(DOCUMENTS_A_CALL, wanted - documents.length);
    const found = await readPage({ offset: documents.length, limit: missing });
    documents.push(...found.documents);
    const done = found.documents.length === 0 || documents.length >= Math.min(found.total, wanted);
    if (done) return { total: found.total, documents };
  }
}

function describe({ total, documents: found }: { total: number; documents: readonly DocumentSummary[] }): string {
  if (found.length === 0) return total === 0 ? 'No documents.' : `${total} documents.`;
  return sections(
    table(
      ['Class', 'Name', 'Written', 'Id'],
      found.map((document) => [document.class, document.name, document.datestamp, document.id]),
    ),
    found.length < total ? `${found.length} of ${total} documents.` : `${total} documents.`,
  );
}
