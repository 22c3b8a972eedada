import { ok, refuse } from '../answers.ts';
import { checkClauses, matches } from '../query.ts';
import { maybeUser, objectBody, pageOf, type Request, type Routes } from '../request.ts';
import type { Row } from '../store/database.ts';
import { liveDocuments, maySee } from './datasets.ts';
import { rowJson } from './documents.ts';

export const queryRoutes: Routes = {
  ndiQuery(request) {
    const body = objectBody(request);
    const { page, size, skip } = pageOf(request, 20);
    const clauses = checkClauses(body['searchstructure']);
    const { where, values } = liveDocuments(request.cloud);
    const sql = `SELECT * FROM documents WHERE dataset_id = ? AND ${where} ORDER BY id`;
    const found = datasetsOf(request, body['scope']).flatMap((id) =>
      request.cloud.db
        .all(sql, id, ...values)
        .filter((row) => matches(JSON.parse(String(row['body'])) as Record<string, unknown>, clauses)),
    );
    const documents = found.slice(skip, skip + size).map(rowJson);
    return ok({ documents, number_matches: found.length, page, pageSize: size });
  },
};

/** Datasets without access are dropped silently. @throws Refused 400 */
function datasetsOf(request: Request, scope: unknown): string[] {
  const { cloud } = request;
  const user = maybeUser(request);
  const rows = cloud.db.all('SELECT * FROM datasets WHERE delete_command IS NULL');
  const seen = rows.filter((row) => maySee(cloud, user, row));
  const isPublic = (row: Row) => maySee(cloud, null, row);
  const idsOf = (list: Row[]) => list.map(({ id }) => String(id));
  if (scope === 'all') return idsOf(seen);
  if (scope === 'public') return idsOf(seen.filter(isPublic));
  if (scope === 'private') return idsOf(seen.filter((row) => !isPublic(row)));
  if (typeof scope !== 'string' || !/^[0-9a-f]{24}(,[0-9a-f]{24})*$/.test(scope)) {
    throw refuse.message(400, 'scope is public, private, all, or ids of datasets');
  }
  return scope.split(',').filter((id) => idsOf(seen).includes(id));
}
