import { NdiError } from './errors.ts';
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

/** Scheme of the links that open the application, wherever they are clicked. */
export const APP_SCHEME = 'ndi-app';
const START = `${APP_SCHEME}://documents?`;
/** Programs that hand links on may change the case of their beginning, and put a slash behind it. */
const QUERY_LINK = new RegExp(`^\\s*${APP_SCHEME}://documents/?\\?`, 'i');
/** Windows hands no longer commands on. */
const LONGEST_LINK = 32_767;

/** Whether a text is a link of ours, whatever it leads to. */
export function isAppLink(text: string): boolean {
  return new RegExp(`^\\s*${APP_SCHEME}:`, 'i').test(text);
}

export function isQueryLink(text: string): boolean {
  return QUERY_LINK.test(text);
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

/** @throws NdiError query.invalid, usage.invalid for a link that leads to something else */
export function parseQueryLink(link: string): QueryLink {
  if (!isQueryLink(link)) throw unknownLink(link);
  if (link.length > LONGEST_LINK) throw invalidQuery('the link is too long');
  const parts = new Map<string, string>();
  for (const part of link.trim().replace(QUERY_LINK, '').split('&')) {
    const at = part.indexOf('=');
    if (at > 0) parts.set(part.slice(0, at), decode(part.slice(at + 1)));
  }
  const path = parts.get('path') ?? '';
  if (path === '') throw invalidQuery('the link does not name a session');
  if (!IS_WHOLE_PATH.test(path) || path.includes('\0')) {
    throw invalidQuery('the link does not name its folder from the root on');
  }
  const where = parts.get('where') ?? '';
  return {
    path,
    sessionId: parts.get('session') || undefined,
    class: parts.get('class') || undefined,
    text: parts.get('text') || undefined,
    query: where === '' ? [] : parseQuery(where),
  };
}

/** From the root, or from a drive or server of Windows. */
const IS_WHOLE_PATH = /^(?:\/|\\\\|[A-Za-z]:[\\/])/;

function unknownLink(link: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: 'The link leads to nothing that this version of NDI Desktop knows.',
    recovery: `Links to lists of documents begin with ${START}path=; ask for a new one, or bring NDI Desktop up to date.`,
    details: { link: link.slice(0, 200) },
  });
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch (error) {
    throw invalidQuery('the link was cut off or changed on its way', error);
  }
}
