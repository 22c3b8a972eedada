import { join } from 'node:path';
import { isOwnPage } from './own-page.ts';

/**
 * Path below `folder` that an address of our page names; null when it names anything else.
 *
 * A part of the address is decoded once and must then be a plain name: no separator of any system, no drive or stream
 * (`c:`), no dots alone, no control character. So nothing that is decoded late (`..%2f`, `%252e`) can climb out, and
 * no further check of the joined path is needed: it is the folder with plain names behind it.
 */
export function pagePath(address: string, folder: string): string | null {
  const url = URL.parse(address);
  if (url === null || !isOwnPage(address)) return null;
  const parts = url.pathname === '/' || url.pathname === '' ? ['index.html'] : url.pathname.slice(1).split('/');
  const names = parts.map(plainName);
  return names.every((name) => name !== null) ? join(folder, ...names) : null;
}

function plainName(part: string): string | null {
  let name: string;
  try {
    name = decodeURIComponent(part);
  } catch {
    // Broken percent encoding names nothing.
    return null;
  }
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for.
  return name === '' || /^\.+$/.test(name) || /[/\\:%\u0000-\u001f]/.test(name) ? null : name;
}
