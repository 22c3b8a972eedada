import { listAt, textAt } from '../answers.ts';
import { type LookupRequest } from '../lookup-text.ts';
import { ambiguous, makeTerm, type Provider, type Reach, termNotFound } from '../provider.ts';
import { isMissing, malformed } from '../web.ts';

/** PubChem: a compound's number from its name, then its title, description and synonyms. */
export const pubchemProvider: Provider = {
  title: 'PubChem',
  async find(request, reach) {
    const cid = request.kind === 'id' ? request.term : await findCid(request, reach);
    const compound = `${reach.endpoints.pubchem}/compound/cid/${cid}`;
    const url = `${compound}/property/Title/JSON`;
    const title = textAt(await ask(request, url, reach), 'PropertyTable', 'Properties', 0, 'Title');
    if (title === '') throw malformed(url, 'without the name of the compound');
    const description = await askGently(`${compound}/description/JSON`, reach);
    const synonyms = await askGently(`${compound}/synonyms/JSON`, reach);
    const definitions = listAt(description, 'InformationList', 'Information').map((one) => textAt(one, 'Description'));
    return makeTerm('PubChem', cid, {
      name: title,
      definition: definitions.find((one) => one !== '') ?? '',
      synonyms: listAt(synonyms, 'InformationList', 'Information', 0, 'Synonym').map((one) => textAt(one)),
    });
  },
};

async function findCid(request: LookupRequest, reach: Reach): Promise<string> {
  const url = `${reach.endpoints.pubchem}/compound/name/${encodeURIComponent(request.term)}/cids/JSON`;
  const cids = listAt(await ask(request, url, reach), 'IdentifierList', 'CID').map((one) => textAt(one));
  const [only] = cids;
  if (only === undefined || only === '' || only === '0') throw termNotFound(request);
  if (cids.length > 1) throw ambiguous(request, cids);
  return only;
}

async function ask(request: LookupRequest, url: string, { web }: Reach): Promise<unknown> {
  try {
    return await web.json(url);
  } catch (error) {
    throw isMissing(error) ? termNotFound(request) : error;
  }
}

/** Not every compound has a description or synonyms; the server then says that there is nothing. */
async function askGently(url: string, { web }: Reach): Promise<unknown> {
  try {
    return await web.json(url);
  } catch (error) {
    if (isMissing(error)) return {};
    throw error;
  }
}
