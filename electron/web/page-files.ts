import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { NdiError } from '../../shared/model/errors.ts';
import { pageType } from '../../shared/model/page-types.ts';
import { messages, sendMessage } from './message-page.ts';

/** A file of the built page, as it is sent. */
export interface PageFile {
  readonly body: Buffer;
  readonly type: string;
  readonly etag: string;
  readonly cacheControl: string;
}

/**
 * Every file of the built page by its address, read once. A request is answered from this table alone: no part of an
 * address ever becomes a path of the file system.
 *
 * @throws NdiError path.missing when the page has not been built
 */
export function readPageFiles(folder: string = findPageFolder()): ReadonlyMap<string, PageFile> {
  const table = new Map<string, PageFile>();
  for (const path of listFiles(folder)) {
    const type = pageType(path);
    if (type === undefined) continue;
    const address = path.slice(folder.length).replaceAll('\\', '/');
    const body = readFileSync(path);
    // The build puts a hash of the content into the names below /assets/; such a file never changes.
    const cacheControl = address.startsWith('/assets/') ? 'private, max-age=31536000, immutable' : 'no-cache';
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    table.set(address, { body, type, etag, cacheControl });
  }
  const index = table.get('/index.html');
  if (index === undefined) throw notBuilt(folder);
  return table.set('/', index);
}

/** Answers GET and HEAD from the table. */
export function pageResponder(files: ReadonlyMap<string, PageFile>): RequestListener {
  return (request, response) => {
    const address = (request.url ?? '').split('?', 1)[0] ?? '';
    const file = files.get(address);
    if (file === undefined) {
      sendMessage(response, messages.notFound);
      return;
    }
    response.setHeader('etag', file.etag);
    response.setHeader('cache-control', file.cacheControl);
    if (request.headers['if-none-match'] === file.etag) {
      response.writeHead(304).end();
      return;
    }
    response.writeHead(200, { 'content-type': file.type, 'content-length': file.body.length });
    response.end(request.method === 'HEAD' ? undefined : file.body);
  };
}

/** Files of a folder and its folders; links are not followed (Node's own recursive listing does). */
function listFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return listFiles(path);
    return entry.isFile() ? [path] : [];
  });
}

/** `dist/renderer` of the folder that holds our package.json, from source and from the built program alike. */
function findPageFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  const page = join(folder, 'dist', 'renderer');
  if (!existsSync(page)) throw notBuilt(page);
  return page;
}

function notBuilt(folder: string): NdiError {
  return new NdiError({
    code: 'path.missing',
    message: `The page has not been built: ${folder} has no index.html.`,
    recovery: 'Run “npm run build”, then start again.',
    details: { path: folder },
  });
}
