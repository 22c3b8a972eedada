import { useEffect, useState } from 'react';
import type { DocumentRow } from '../../../../shared/contract/documents.ts';
import { toNdiError } from '../../../../shared/contract/client-errors.ts';
import { namingColumns } from '../../../../shared/model/naming-fields.ts';
import type { NdiError } from '../../../../shared/model/errors.ts';
import type { Query } from '../../../../shared/model/query.ts';
import { client } from '../../../state/client.ts';

/** What is looked for in many places. */
export interface Sought {
  readonly text: string;
  readonly query: Query;
  readonly class: string | undefined;
}

/** What one place has answered so far. */
export type Finding =
  | { readonly status: 'waiting' }
  | { readonly status: 'ready'; readonly total: number; readonly documents: readonly DocumentRow[] }
  | { readonly status: 'failed'; readonly error: NdiError };

/** Documents shown of each place; the others are one step away. */
const SHOWN = 5;
/** Places asked at the same time. */
const AT_ONCE = 3;

/** Asks sessions and datasets one after the other; what is no longer wanted is aborted. */
export function useLocalSearch(paths: readonly string[], sought: Sought): ReadonlyMap<string, Finding> {
  const key = JSON.stringify([paths, sought]);
  const [found, setFound] = useState<{ readonly key: string; readonly findings: ReadonlyMap<string, Finding> }>();
  useEffect(() => {
    const [places, asked] = JSON.parse(key) as [string[], Sought];
    const controller = new AbortController();
    const put = (path: string, finding: Finding) => {
      if (controller.signal.aborted) return;
      setFound((before) => {
        const known = before?.key === key ? before.findings : new Map<string, Finding>();
        return { key, findings: new Map([...known, [path, finding]]) };
      });
    };
    const next = async (): Promise<void> => {
      const path = places.shift();
      if (path === undefined || controller.signal.aborted) return;
      put(path, await ask(path, asked, controller.signal));
      await next();
    };
    for (let at = 0; at < AT_ONCE; at += 1) void next();
    return () => controller.abort();
  }, [key]);
  return found?.key === key ? found.findings : new Map();
}

async function ask(path: string, { text, query, class: className }: Sought, signal: AbortSignal): Promise<Finding> {
  try {
    const { total, documents } = await client.documents.list(
      {
        path,
        ...(className === undefined ? {} : { class: className }),
        ...(text === '' ? {} : { text }),
        ...(query.length === 0 ? {} : { where: query.map((one) => ({ ...one })) }),
        limit: SHOWN,
        columns: [...namingColumns],
      },
      { signal },
    );
    return { status: 'ready', total, documents };
  } catch (thrown) {
    return { status: 'failed', error: toNdiError(thrown) };
  }
}
