import { listAt, objectAt, textAt } from '../answers.ts';
import { ambiguous, makeTerm, type Provider, type Term, termNotFound } from '../provider.ts';
import { malformed } from '../web.ts';

const view = ['primaryIdentifier', 'name', 'genotype', 'otherName', 'mutagen', 'outcrossed'];

/**
 * WormBase strains by number or name, from WormMine. (NDI's first implementation asked rest.wormbase.org, which now
 * refuses programs; the present one asks WormMine.)
 */
export const wbStrainProvider: Provider = {
  title: 'WormMine',
  async find(request, { web, endpoints }) {
    // A star would be a pattern for the server; no strain has one in its name.
    if (request.term.includes('*')) throw termNotFound(request);
    const [path, value] =
      request.kind === 'id' ? ['primaryIdentifier', `WBStrain${request.term}`] : ['name', request.term];
    const query = `<query model="genomic" view="${view.map((field) => `Strain.${field}`).join(' ')}"><constraint path="Strain.${path}" op="=" value="${escapeXml(value)}"/></query>`;
    const url = `${endpoints.wormmine}/query/results?${new URLSearchParams({ query, format: 'jsonobjects' }).toString()}`;
    const answer = await web.json(url);
    if (objectAt(answer) === undefined || !('results' in (answer as object))) throw malformed(url, 'without results');
    const strains = listAt(answer, 'results');
    const [strain] = strains;
    if (strain === undefined) throw termNotFound(request);
    if (strains.length > 1)
      throw ambiguous(
        request,
        strains.map((one) => textAt(one, 'primaryIdentifier')),
      );
    const term = termOf(strain);
    if (term === null) throw malformed(url, 'without the number or name of the strain');
    // The server compares more kindly than NDI does.
    if (request.kind === 'name' && term.name.toLowerCase() !== request.term.toLowerCase()) throw termNotFound(request);
    return term;
  },
};

function termOf(strain: unknown): Term | null {
  const id = /^WBStrain(\d{8})$/.exec(textAt(strain, 'primaryIdentifier'))?.[1];
  const name = textAt(strain, 'name');
  if (id === undefined || name === '') return null;
  const facts = [
    ['Genotype', textAt(strain, 'genotype')],
    ['Mutagen', textAt(strain, 'mutagen')],
    ['Outcrossed', textAt(strain, 'outcrossed')],
  ].filter(([, value]) => value !== '');
  const definition = facts.map(([title, value]) => `${title}: ${value}.`.replace('..', '.')).join(' ');
  return makeTerm('WBStrain', id, { name, definition, synonyms: [textAt(strain, 'otherName')] });
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
