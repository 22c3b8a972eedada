import description from './description.generated.json' with { type: 'json' };
import type { Routes } from './request.ts';
import { accountRoutes } from './routes/accounts.ts';
import { computeRoutes } from './routes/compute.ts';
import { datasetRoutes } from './routes/datasets.ts';
import { documentRoutes } from './routes/documents.ts';
import { fileRoutes } from './routes/files.ts';
import { queryRoutes } from './routes/query.ts';

const routes: Routes = {
  ...accountRoutes,
  ...datasetRoutes,
  ...documentRoutes,
  ...queryRoutes,
  ...fileRoutes,
  ...computeRoutes,
};

interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly token: string;
  readonly pattern: RegExp;
  readonly names: readonly string[];
  /** Fixed words win over parameters, from the left. */
  readonly rank: string;
}

const operations: readonly Operation[] = description.operations
  .filter(({ path }) => !path.startsWith('/_s3/'))
  .map(({ operationId, method, token, path }) => ({
    operationId,
    method,
    token,
    pattern: new RegExp(`^${path.replace(/\{\w+\}/g, '([^/]+)')}$`),
    names: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? ''),
    rank: path.replace(/\{\w+\}/g, '~'),
  }))
  .sort((a, b) => (a.rank < b.rank ? -1 : 1));

/** The route of a request; its operation must be in the description. */
export function routeOf(method: string, path: string) {
  for (const { operationId, method: its, token, pattern, names } of operations) {
    const match = its === method ? pattern.exec(path) : null;
    const route = routes[operationId];
    if (match === null || route === undefined) continue;
    const values = match.slice(1).map(decodeURIComponent);
    return { operationId, token, route, path: Object.fromEntries(names.map((name, i) => [name, values[i] ?? ''])) };
  }
  return null;
}

/** Operations of the description without a route: there must be none. */
export function unservedOperations(): string[] {
  return operations.map(({ operationId }) => operationId).filter((id) => routes[id] === undefined);
}
