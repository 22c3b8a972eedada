import type { Command } from '../run.ts';
import { facts } from '../tables.ts';

export const lookup: Command<{ readonly refresh?: boolean }> = async (run, [term = ''], { refresh = false }) => {
  const value = await run.call((client, signal) => client.ontology.lookup({ term, refresh }, { signal }));
  const since = value.retrievedAt === null ? '' : ` of ${value.retrievedAt.slice(0, 10)}`;
  return {
    value,
    text: () =>
      facts([
        ['Term', value.name],
        ['Id', value.curie],
        ['Ontology', value.ontology],
        ['Definition', value.definition],
        ['Synonyms', value.synonyms.join('; ')],
        ['Known from', value.source === 'provider' ? value.provider : `${value.source}${since}`],
      ]),
  };
};
