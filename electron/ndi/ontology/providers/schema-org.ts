import { listAt, textAt } from '../answers.ts';
import { makeTerm, type Provider, termNotFound } from '../provider.ts';
import { isMissing } from '../web.ts';

/** Schema.org: each term is a page that can be had as JSON-LD. */
export const schemaOrgProvider: Provider = {
  title: 'Schema.org',
  async find(request, { web, endpoints }) {
    let answer: unknown;
    try {
      answer = await web.json(`${endpoints.schemaOrg}/${encodeURIComponent(request.term)}`, 'application/ld+json');
    } catch (error) {
      throw isMissing(error) ? termNotFound(request) : error;
    }
    const entry = listAt(answer, '@graph').find((one) => textAt(one, '@id') === `schema:${request.term}`);
    if (entry === undefined) throw termNotFound(request);
    const text = (key: string) => textAt(entry, key) || textAt(entry, key, '@value');
    return makeTerm('SchemaOrg', request.term, {
      name: text('rdfs:label') || request.term,
      definition: text('rdfs:comment'),
    });
  },
};
