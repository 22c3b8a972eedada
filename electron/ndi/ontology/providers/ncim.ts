import { listAt, textAt } from '../answers.ts';
import { type LookupRequest } from '../lookup-text.ts';
import { ambiguous, makeTerm, type Provider, type Reach, termNotFound } from '../provider.ts';
import { isMissing, malformed } from '../web.ts';

/** NCI's EVS service: concepts of the Metathesaurus by their code, or by their name. */
export const ncimProvider: Provider = {
  title: 'NCI EVS',
  async find(request, reach) {
    const code = request.kind === 'id' ? request.term : await findCode(request, reach);
    const url = `${reach.endpoints.evs}/concept/ncim/${encodeURIComponent(code.toWellFormed())}?include=full`;
    let answer: unknown;
    try {
      answer = await reach.web.json(url);
    } catch (error) {
      throw isMissing(error) ? termNotFound(request) : error;
    }
    const name = textAt(answer, 'name');
    if (name === '') throw malformed(url, 'without the name of the concept');
    return makeTerm('NCIm', textAt(answer, 'code') || code, {
      name,
      definition: textAt(answer, 'definitions', 0, 'definition'),
      synonyms: listAt(answer, 'synonyms').map((entry) => textAt(entry, 'name')),
    });
  },
};

async function findCode(request: LookupRequest, { web, endpoints }: Reach): Promise<string> {
  const query = { term: request.term, terminology: 'ncim', type: 'match', include: 'minimal' };
  const url = `${endpoints.evs}/concept/search?${new URLSearchParams(query).toString()}`;
  const answer = await web.json(url);
  if (textAt(answer, 'total') === '') throw malformed(url, 'without the number of concepts found');
  const codes = listAt(answer, 'concepts').map((entry) => textAt(entry, 'code'));
  const [only] = codes;
  if (only === undefined || only === '') throw termNotFound(request);
  if (codes.length > 1) throw ambiguous(request, codes);
  return only;
}
