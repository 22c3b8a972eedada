import type { RemoteDocument } from '../../../../shared/contract/cloud.ts';
import { anyOf, condition, dependsOn, type Query } from '../../../../shared/model/query.ts';
import { client } from '../../../state/client.ts';

/** Answers hold one row for each id, and copies of documents in other datasets besides. */
const MOST = 200;

/** Documents of the cloud with one of these ids of NDI. @throws NdiError cloud.*, auth.* */
export async function findInCloud(ids: readonly string[], signal?: AbortSignal): Promise<RemoteDocument[]> {
  if (ids.length === 0) return [];
  return ask(anyOf(ids.map((id) => condition('base.id', 'exact_string', id))), signal);
}

/** Documents of the cloud that depend on the one with this id. @throws NdiError cloud.*, auth.* */
export async function findDependents(id: string, signal?: AbortSignal): Promise<RemoteDocument[]> {
  return ask(dependsOn('*', id), signal);
}

async function ask(query: Query, signal?: AbortSignal): Promise<RemoteDocument[]> {
  const request = { where: query.map((one) => ({ ...one })), limit: MOST };
  return (await client.cloud.findDocuments(request, signal === undefined ? {} : { signal })).documents;
}
