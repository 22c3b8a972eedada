import type { DocumentSummary } from '../../../shared/contract/documents.ts';
import type { Client, Command, Run } from '../run.ts';
import { sections, table } from '../tables.ts';
import { type FilterOptions, type Request, toRequest } from './document-filter.ts';

interface Options extends FilterOptions {
  readonly full?: boolean;
  readonly linked?: boolean;
  readonly limit?: number;
}

/** Documents asked for in one call; more are fetched in turn and written as they come. */
const SUMMARIES_A_CALL = 20_000;
const DOCUMENTS_A_CALL = 2_000;

interface Page {
  readonly total: number;
  readonly documents: readonly unknown[];
}
type ReadPage = (offset: number, limit: number) => Promise<Page>;

export const documents: Command<Options> = async (run, [path = ''], options) => {
  const request = await toRequest(run.path(path), options);
  const isFull = options.full === true;
  const atOnce = isFull ? DOCUMENTS_A_CALL : SUMMARIES_A_CALL;
  const parts = options.linked === true ? [request, ...(await ofLinkedSessions(run, request))] : [request];
  const read = inSuccession(
    parts.map((part) => (offset, limit) => run.callLong('Reading documents', ask(part, isFull, offset, limit))),
  );
  const wanted = options.limit ?? Infinity;
  const first = await read(0, Math.min(atOnce, wanted));
  const count = Math.min(first.total, wanted);
  if (run.json || isFull) {
    if (first.documents.length < count) return await writePages(run, first, read, count, atOnce);
    const value = { total: first.total, documents: first.documents };
    return { value, text: () => JSON.stringify(value.documents, null, 2) };
  }
  const found = [...first.documents] as DocumentSummary[];
  while (found.length < count) {
    const { documents: more } = await read(found.length, Math.min(atOnce, count - found.length));
    if (more.length === 0) break;
    for (const one of more) found.push(one as DocumentSummary);
  }
  return { value: null, text: () => describe({ total: first.total, documents: found }) };
};

/** The same asked of the sessions to which a dataset links: NDI searches them after the dataset's own database. */
async function ofLinkedSessions(run: Run, request: Request): Promise<Request[]> {
  const info = await run.call((client, signal) => client.items.info({ path: request.path }, { signal }));
  const linked = info.kind === 'dataset' ? info.sessions.filter((session) => session.linked) : [];
  return linked.map(({ id }) => ({ ...request, sessionId: id }));
}

/** Several lists as one: the documents of the first, then those of the next. */
function inSuccession(parts: readonly ReadPage[]): ReadPage {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return async (offset, limit) => {
    const documents: unknown[] = [];
    let total = 0;
    for (const read of parts) {
      const from = Math.max(0, offset + documents.length - total);
      const page = await read(from, limit - documents.length);
      total += page.total;
      documents.push(...page.documents);
    }
    return { total, documents };
  };
}

function ask(request: Request, isFull: boolean, offset: number, limit: number) {
  return async (client: Client, signal: AbortSignal): Promise<Page> => {
    const page = { ...request, offset, limit, wait: true };
    const answer = await (isFull ? client.documents.full(page, { signal }) : client.documents.list(page, { signal }));
    return { total: answer.total, documents: answer.documents };
  };
}

/** One JSON value, written page by page: a million rows never stand in memory at once. */
async function writePages(run: Run, first: Page, read: ReadPage, count: number, atOnce: number): Promise<null> {
  await write(run.json ? `{"total":${first.total},"documents":[` : '[');
  let written = 0;
  for (let page = first; page.documents.length > 0; page = await read(written, Math.min(atOnce, count - written))) {
    await write((written === 0 ? '' : ',') + page.documents.map((one) => JSON.stringify(one)).join(',\n'));
    written += page.documents.length;
    if (written >= count) break;
  }
  await write(run.json ? ']}\n' : ']\n');
  return null;
}

/** Waits while the reader of a pipe is slower than we are. */
async function write(text: string): Promise<void> {
  await new Promise<void>((resolve, reject: (error: Error) => void) => {
    process.stdout.write(text, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
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
