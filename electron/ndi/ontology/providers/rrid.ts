import { listAt, objectAt, textAt } from '../answers.ts';
import { makeTerm, type Provider, termNotFound } from '../provider.ts';
import { isMissing, malformed } from '../web.ts';

/** SciCrunch's resolver of research resource identifiers. */
export const rridProvider: Provider = {
  title: 'SciCrunch',
  async find(request, { web, endpoints }) {
    const url = `${endpoints.scicrunch}/${encodeURIComponent(`RRID:${request.term}`)}.json`;
    let answer: unknown;
    try {
      answer = await web.json(url);
    } catch (error) {
      throw isMissing(error) ? termNotFound(request) : error;
    }
    if (objectAt(answer, 'hits') === undefined) throw malformed(url, 'without the hits of a search');
    const source = objectAt(answer, 'hits', 'hits', 0, '_source');
    const name = textAt(source, 'item', 'name');
    // NDI gives an empty term here; that there is none is worth an error.
    if (source === undefined || name === '') throw termNotFound(request);
    const species = objectAt(source, 'item', 'species') ?? objectAt(source, 'organisms', 'primary', 0);
    return makeTerm('RRID', request.term, {
      name,
      definition: textAt(source, 'item', 'description') || describeSpecies(species),
      synonyms: listAt(source, 'item', 'synonyms').map((one) => textAt(one) || textAt(one, 'name')),
    });
  },
};

function describeSpecies(species: unknown): string {
  return [textAt(species, 'species', 'name'), textAt(species, 'common', 'name')].filter((one) => one !== '').join(', ');
}
