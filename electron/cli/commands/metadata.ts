import { emptyMetadata } from '../../../shared/model/dataset-metadata.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { Command } from '../run.ts';
import { facts, sections } from '../tables.ts';

export const metadata: Command<{ readonly set?: readonly string[] }> = async (run, [given = ''], options) => {
  const path = run.path(given);
  if (options.set !== undefined) {
    const change = Object.fromEntries(options.set.map(readField));
    await run.call((client, signal) => client.metadata.set({ path, change }, { signal }));
  }
  const value = await run.call((client, signal) => client.metadata.get({ path }, { signal }));
  const { authors, funding, publications, dataTypes, approaches, techniques, ...texts } = value.metadata;
  const lists: [string, string[]][] = [
    ['authors', authors.map((one) => [one.givenName, one.familyName, one.orcid].filter(Boolean).join(' '))],
    ['funding', funding.map((one) => [one.funder, one.awardNumber].filter(Boolean).join(' '))],
    ['publications', publications.map((one) => one.doi || one.title)],
    ['dataTypes', dataTypes],
    ['approaches', approaches],
    ['techniques', techniques],
  ];
  return {
    value: { ...value.metadata, source: value.source, problems: value.problems },
    text: () =>
      sections(
        facts([
          ...Object.entries(texts),
          ...lists.map(([name, list]): [string, string] => [name, list.join('; ')]),
          ['source', value.source],
        ]),
        value.problems
          .map((one) => `${one.grade === 'blocks' ? 'missing' : 'advice'}: ${one.field}: ${one.message}`)
          .join('\n'),
      ),
  };
};

function readField(given: string): [string, unknown] {
  const at = given.indexOf('=');
  const name = given.slice(0, at);
  if (at <= 0 || !Object.hasOwn(emptyMetadata, name)) throw wrongUsage(`“${given}” names no field of the description.`);
  const text = given.slice(at + 1);
  if (!Array.isArray(emptyMetadata[name as keyof typeof emptyMetadata])) return [name, text];
  try {
    return [name, JSON.parse(text) as unknown];
  } catch {
    throw wrongUsage(`The value of ${name} is not JSON.`);
  }
}

function wrongUsage(message: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message,
    recovery: `Write FIELD=VALUE with one of ${Object.keys(emptyMetadata).join(', ')}; lists as JSON, as the answer shows them.`,
  });
}
