import { ownValue } from './own-value.ts';

/** Content types of the files of which the page is made, by their ending; both doors serve the page with them. */
const pageTypes: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  ico: 'image/x-icon',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  png: 'image/png',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json; charset=utf-8',
  woff2: 'font/woff2',
};

/** Content type of a file of the page; undefined for a file that is none. */
export function pageType(path: string): string | undefined {
  return ownValue(pageTypes, path.slice(path.lastIndexOf('.') + 1).toLowerCase());
}
