import { type LookupRequest } from '../lookup-text.ts';
import { ambiguous, makeTerm, type Provider, type Reach, type Term, termNotFound } from '../provider.ts';
import { malformed } from '../web.ts';
import { elementsOf, elementText, elementTexts } from '../xml-text.ts';

/** NCBI's E-utilities: a scientific name is searched for its number, a number is read. */
export const ncbiTaxonProvider: Provider = {
  title: 'NCBI Taxonomy',
  async find(request, reach) {
    const id = request.kind === 'id' ? request.term : await findNumber(request, reach);
    return await readTaxon(request, id, reach);
  },
};

async function findNumber(request: LookupRequest, { web, endpoints }: Reach): Promise<string> {
  const term = `${request.term}[Scientific Name]`;
  const url = `${endpoints.eutils}/esearch.fcgi?${new URLSearchParams({ db: 'taxonomy', term, retmode: 'xml' }).toString()}`;
  const [result] = elementsOf(await web.text(url), 'eSearchResult');
  if (result === undefined) throw malformed(url, 'without the result of a search');
  const ids = elementTexts(elementsOf(result, 'IdList').join(''), 'Id');
  const [only] = ids;
  if (only === undefined) throw termNotFound(request);
  if (ids.length > 1) throw ambiguous(request, ids);
  return only;
}

async function readTaxon(request: LookupRequest, id: string, { web, endpoints }: Reach): Promise<Term> {
  const url = `${endpoints.eutils}/efetch.fcgi?${new URLSearchParams({ db: 'taxonomy', id, retmode: 'xml' }).toString()}`;
  const [set] = elementsOf(await web.text(url), 'TaxaSet');
  if (set === undefined) throw malformed(url, 'without a set of taxa');
  const [taxon] = elementsOf(set, 'Taxon');
  if (taxon === undefined) throw termNotFound(request);
  // The ancestors are taxa too, with names of their own.
  const [from, to] = [taxon.indexOf('<LineageEx>'), taxon.lastIndexOf('</LineageEx>')];
  const own = from < 0 || to < from ? taxon : taxon.slice(0, from) + taxon.slice(to);
  const name = elementText(own, 'ScientificName');
  if (name === '') throw malformed(url, 'without the name of the taxon');
  const others = elementsOf(own, 'OtherNames').join('');
  const synonyms = [elementText(own, 'CommonName'), elementText(others, 'GenbankCommonName')];
  const names = elementsOf(others, 'Name').map((entry) => elementText(entry, 'DispName'));
  return makeTerm('NCBITaxon', elementText(own, 'TaxId') || id, { name, synonyms: [...synonyms, ...names] });
}
