import type { Claims } from './tokens.ts';
import { refuse, type Answer } from './answers.ts';
import type { Cloud } from './cloud.ts';
import type { Row } from './store/database.ts';

/** A request to the API, understood. */
export interface Request {
  readonly cloud: Cloud;
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly claims: Claims | null;
}

export type Route = (request: Request) => Answer | Promise<Answer>;
export type Routes = Readonly<Record<string, Route>>;

/** The user who asks. @throws Refused 401 */
export function userOf({ cloud, claims }: Request): Row {
  const user = claims === null ? undefined : cloud.db.get('SELECT * FROM users WHERE id = ?', claims.sub);
  if (user === undefined) throw refuse.unauthorized();
  return user;
}

export function maybeUser(request: Request): Row | null {
  return request.claims === null ? null : userOf(request);
}

/** A body that has to be an object. @throws Refused 400 */
export function objectBody({ body }: Request): Record<string, unknown> {
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body as Record<string, unknown>;
  throw refuse.message(400, 'The body must be a JSON object');
}

export function textField(body: Record<string, unknown>, name: string): string {
  const value = body[name];
  if (typeof value !== 'string' || value.trim() === '') throw refuse.message(400, `${name} is required`);
  return value;
}

/** Ids that are not ObjectIds make the service's database throw. @throws Refused 500 or 400 */
export function idOf({ cloud, path }: Request, name: string): string {
  const id = path[name] ?? '';
  if (/^[0-9a-f]{24}$/.test(id)) return id;
  if (cloud.settings.malformedIdStatus === 400) throw refuse.message(400, `${name} is not an id`);
  throw refuse.fault();
}

/** `page` and `pageSize` of a list; sizes above the limit are capped, not refused. @throws Refused 400 */
export function pageOf({ query }: Request, defaultSize: number): { page: number; size: number; skip: number } {
  const page = Number(query.get('page') ?? 1);
  const asked = Number(query.get('pageSize') ?? defaultSize);
  if (!Number.isInteger(page) || page < 1) throw refuse.message(400, 'page must be a positive integer');
  if (!Number.isInteger(asked) || asked < 1) throw refuse.message(400, 'pageSize must be a positive integer');
  const size = Math.min(asked, 1000);
  return { page, size, skip: (page - 1) * size };
}

/** `7d`, `12h`, `30m` or `now`, in milliseconds. @throws Refused 400 */
export function delayOf(when: unknown): number {
  const match = /^(?:now|(\d+)([dhm]))$/.exec(typeof when === 'string' ? when : '7d');
  if (match === null) throw refuse.message(400, 'when must be now or a duration such as 7d');
  const units = { d: 86_400_000, h: 3_600_000, m: 60_000 } as const;
  return match[1] === undefined ? 0 : Number(match[1]) * units[match[2] as keyof typeof units];
}
