import { readFile } from 'node:fs/promises';
import { contentPolicy } from '../../shared/model/content-policy.ts';
import { pageType } from '../../shared/model/page-types.ts';
import { isOwnPage } from './policies/own-page.ts';
import { pagePath } from './policies/page-path.ts';

/** Address of the page that stands in for ours when a process has died twice. */
export const REPORT_PATH = '/report.html';

export interface PageSource {
  /** Folder of the built page. */
  readonly folder: string;
  /** The report page as it stands now. */
  report(): string;
}

/**
 * Answers the requests for `app://ndi/`. Every answer carries the content policy, so that no file can be shown without
 * it, and says its type for good.
 */
export function pageResponder(source: PageSource): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return answer(405, 'Method not allowed');
    if (isOwnPage(request.url) && new URL(request.url).pathname === REPORT_PATH) {
      return answer(200, source.report(), 'text/html; charset=utf-8');
    }
    const path = pagePath(request.url, source.folder);
    const type = path === null ? undefined : pageType(path);
    const body = path === null || type === undefined ? null : await readPageFile(path);
    if (body === null) return answer(404, 'Not found');
    return answer(200, new Uint8Array(body), type);
  };
}

/** Bytes of a file; null when there is none. Other faults are ours and end the request as a network error. */
async function readPageFile(path: string): Promise<Buffer | null> {
  try {
    return await readFile(path);
  } catch (fault) {
    const code = (fault as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR' || code === 'ENAMETOOLONG') return null;
    throw fault;
  }
}

function answer(status: number, body: string | Uint8Array<ArrayBuffer>, type = 'text/plain; charset=utf-8'): Response {
  return new Response(body, {
    status,
    headers: {
      'content-type': type,
      'content-security-policy': contentPolicy(),
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      // The files lie in the application itself: keeping a second copy would only let it grow stale.
      'cache-control': 'no-store',
    },
  });
}
