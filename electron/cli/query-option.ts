import { text as readAll } from 'node:stream/consumers';
import type { z } from 'zod';
import type { queryConditionSchema } from '../../shared/contract/documents.ts';
import { checkQuery, invalidQuery, type Query } from '../../shared/model/query.ts';
import { isQueryLink, parseQueryLink } from '../../shared/model/query-link.ts';
import { parseQuery } from '../../shared/model/query-text.ts';

/**
 * NDI's query as JSON, in its readable form, or out of a link that was shared; `-` reads it from standard input.
 * @throws NdiError query.invalid
 */
export async function readCondition(given: string): Promise<z.input<typeof queryConditionSchema>[]> {
  const text = given === '-' ? await readAll(process.stdin) : given;
  const query = readQuery(text);
  // The wire takes plain objects; the query's lists are read-only.
  return query.map((one) => ({ ...one }));
}

function readQuery(text: string): Query {
  if (isQueryLink(text)) return parseQueryLink(text).query;
  return /^\s*[[{]/.test(text) ? checkQuery(parseJson(text)) : parseQuery(text);
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) ? value : [value];
  } catch (error) {
    throw invalidQuery(`it is not valid JSON (${(error as Error).message})`, error);
  }
}
