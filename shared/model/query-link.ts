import { formatQuery } from './query-format.ts';
import { parseQuery } from './query-text.ts';
import { invalidQuery, type Query } from './query.ts';

/** A list of documents that one person shows another: where it is, and what is asked. */
export interface QueryLink {
  /** Folder of the session or dataset, as it is called on the computer of the one who shares. */
  readonly path: string;
  readonly sessionId?: string | undefined;
  readonly class?: string | undefined;
  /** Free text. */
  readonly text?: string | undefined;
  readonly query: Query;
}

const START = 'ndi-app://documents?';

export function isQueryLink(text: string): boolean {
  return text.trimStart().startsWith(START);
}

/** `ndi-app://documents?path=/data/ferret&where=isa(element)`: to be pasted into a query bar, or opened. */
export function formatQueryLink({ path, sessionId, class: className, text, query }: QueryLink): string {
  const parts = { path, session: sessionId, class: className, text, where: formatQuery(query) };
  const written = Object.entries(parts).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [`${name}=${encode(value)}`],
  );
  return START + written.join('&');
}

/** Brackets too: a chat ends a link at them. */
function encode(value: string): string {
  return encodeURIComponent(value.toWellFormed()).replace(
    /[()'!*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** @throws NdiError query.invalid */
export function parseQueryLink(link: string): QueryLink {
  const parts = new Map<string, string>();
  for (const part of link.trim().slice(START.length).split('&')) {
    const at = part.indexOf('=');
    if (at > 0) parts.set(part.slice(0, at), decode(part.slice(at + 1)));
  }
  const path = parts.get('path') ?? '';
  if (!isQueryLink(link) || path === '') throw invalidQuery('the link does not name a session');
  const where = parts.get('where') ?? '';
  return {
    path,
    sessionId: parts.get('session') || undefined,
    class: parts.get('class') || undefined,
    text: parts.get('text') || undefined,
    query: where === '' ? [] : parseQuery(where),
  };
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    throw invalidQuery('the link was cut off or changed on its way', error);
  }
}
