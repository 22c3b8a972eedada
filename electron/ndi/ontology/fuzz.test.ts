import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { ontologyNames } from '../../../shared/model/ontologies.ts';
import { fuzzMs, fuzzReader, fuzzSeed } from '../../signal/fuzz-support.ts';
import { fuzzTexts } from '../../signal/fuzz-texts.ts';
import { TermCache } from './cache.ts';
import { endpointsOf } from './endpoints.ts';
import { parseLookup } from './lookup-text.ts';
import { readOwl } from './owl.ts';
import { makeTerm, type Reach, type Term } from './provider.ts';
import { searchTerms } from './providers/ols.ts';
import { providers } from './providers/providers.ts';
import { malformed, type Web } from './web.ts';

const rdf = `<?xml version="1.0"?><rdf:RDF xmlns:owl="http://www.w3.org/2002/07/owl#">
<owl:Class rdf:about="http://edamontology.org/format_1915"><rdfs:label xml:lang="en">A &amp; B</rdfs:label>
<owl:equivalentClass><owl:Class><owl:unionOf/></owl:Class></owl:equivalentClass>
<obo:IAO_0000115>What it is.</obo:IAO_0000115><oboInOwl:hasExactSynonym>C &#955;</oboInOwl:hasExactSynonym></owl:Class>
<owl:Class rdf:about='http://purl.obolibrary.org/obo/IAO_0000109'><rdfs:label>old</rdfs:label>
<owl:deprecated rdf:datatype="boolean">true</owl:deprecated></owl:Class></rdf:RDF>`;
const functional = `Ontology(<http://x.org/empty.owl>
AnnotationAssertion(rdfs:label <http://x.org/EMPTY_0000012> "a \\"thing\\""@en)
AnnotationAssertion(obo:IAO_0000115 <http://x.org/EMPTY_0000012> "What it is.")
AnnotationAssertion(oboInOwl:hasExactSynonym <http://x.org/EMPTY_0000012> "that"^^xsd:string))`;

/** Answers of the services, by what is asked of them. */
const answers: Readonly<Record<string, unknown>> = {
  '/search': {
    response: {
      numFound: 1,
      docs: [{ iri: 'http://x/CL_0000540', label: 'neuron', obo_id: 'CL:0000540', description: ['a'], synonym: ['b'] }],
    },
  },
  '/terms/': {
    ...{ iri: 'http://x/CL_0000540', label: 'neuron', description: ['a cell'], obo_id: 'CL:0000540' },
    ...{ short_form: 'CL_0000540', obo_synonym: [{ name: 'nerve cell' }] },
  },
  '/cids/JSON': { IdentifierList: { CID: [2244] } },
  Title: { PropertyTable: { Properties: [{ CID: 2244, Title: 'Aspirin' }] } },
  '/description/JSON': { InformationList: { Information: [{ CID: 2244 }, { Description: 'a salt' }] } },
  '/synonyms/JSON': { InformationList: { Information: [{ Synonym: ['ASA'] }] } },
  '.json': {
    hits: { hits: [{ _source: { item: { name: 'a mouse', description: 'b', synonyms: [{ name: 'c' }] } } }] },
  },
  wormmine: {
    results: [
      { primaryIdentifier: 'WBStrain00000001', name: 'N2', genotype: 'wild', mutagen: '', otherName: 'Bristol' },
    ],
  },
  'concept/search': { total: 1, concepts: [{ code: 'C0027882', name: 'neuron' }] },
  'ncim/': { code: 'C0027882', name: 'neuron', definitions: [{ definition: 'x' }], synonyms: [{ name: 'y' }] },
  '/schema/': { '@graph': [{ '@id': 'schema:Person', 'rdfs:label': 'Person', 'rdfs:comment': 'somebody' }] },
};
const ncbi = `<TaxaSet><Taxon><TaxId>10090</TaxId><ScientificName>Mus musculus</ScientificName><OtherNames>
<CommonName>mouse</CommonName><Name><DispName>m.</DispName></Name></OtherNames></Taxon></TaxaSet>`;
const found = '<eSearchResult><Count>1</Count><IdList><Id>10090</Id></IdList></eSearchResult>';

const asked = [
  ...['CL:0000540', 'CL:neuron', 'OM:Acidity', 'NCIT:C12345', 'NCIm:C0027882', 'NCIm:neuron', 'PubChem:aspirin'],
  ...['RRID:IMSR_JAX:000664', 'WBStrain:00000001', 'WBStrain:N2', 'schema:Person', 'NCBITaxon:10090'],
  ...['NCBITaxon:Mus musculus', 'EDAM:1915', 'IAO:0000109', 'EMPTY:0000012', 'EMPTY:a "thing"'],
];

/** A web that gives these answers, one of them in the place of what it should be. */
function webOf(answer: string, damage: number): Web {
  let calls = 0;
  const textOf = (url: string) => {
    calls += 1;
    if (calls - 1 === damage) return answer;
    if (url.includes('esearch')) return found;
    if (url.includes('efetch')) return ncbi;
    const known = Object.entries(answers).find(([part]) => url.includes(part));
    return known === undefined ? functional : JSON.stringify(known[1]);
  };
  return {
    json: async (url: string) => {
      const text = await Promise.resolve(textOf(url));
      try {
        return JSON.parse(text) as unknown;
      } catch (error) {
        throw malformed(url, 'which is no JSON', error);
      }
    },
    text: (url: string) => Promise.resolve(textOf(url)),
  } as unknown as Web;
}

function checkTerm(term: Term): void {
  expect(term.name).not.toBe('');
  expect(term.curie).toMatch(/^[^:]+:./s);
  expect(term.synonyms.every((one) => typeof one === 'string')).toBe(true);
  expect(typeof term.definition).toBe('string');
}

describe(`damaged answers about terms are read or refused (NDI_FUZZ_SEED=${fuzzSeed})`, () => {
  it(
    'whole ontologies, in which classes are found or not',
    () =>
      fuzzTexts(
        [rdf, functional],
        (text) => {
          for (const { iri, label } of readOwl(text)) expect([iri, label]).not.toContain('');
        },
        { neverRefused: true },
      ),
    fuzzMs,
  );

  it(
    'answers of every service',
    () => {
      let run = 0;
      const texts = [...Object.values(answers).map((one) => JSON.stringify(one)), ncbi, found, rdf, functional];
      return fuzzTexts(texts, async (text) => {
        run += 1;
        const request = parseLookup(asked[run % asked.length] ?? '');
        // Whole ontologies are kept by their address.
        const reach: Reach = { web: webOf(text, run % 3), endpoints: endpointsOf(`http://x.org/${run}`) };
        checkTerm(await providers[request.ontology].find(request, reach));
      });
    },
    fuzzMs,
  );

  it(
    'lists of terms that a search gives',
    () =>
      fuzzTexts([JSON.stringify(answers['/search'])], async (text) => {
        const reach: Reach = { web: webOf(text, 0), endpoints: endpointsOf('http://x.org') };
        for (const term of await searchTerms('neuron', ontologyNames, 10, reach)) checkTerm(term);
      }),
    fuzzMs,
  );

  it('what people ask for', () => fuzzTexts(asked, (text) => void parseLookup(text)), fuzzMs);

  it(
    'the file of terms that were looked up before, without which everything goes on',
    () => {
      const path = join(temporaryFolder('ndi-terms-fuzz'), 'terms.sqlite');
      const term = makeTerm('CL', '0000540', { name: 'neuron', definition: 'a cell', synonyms: ['nerve cell'] });
      const cache = new TermCache(path);
      for (let at = 0; at < 40; at++) cache.put(`cl:${at}`, term, '2026-01-01T00:00:00.000Z');
      cache.close();
      let run = 0;
      return fuzzReader(
        [path],
        (damaged) => {
          const again = new TermCache(damaged);
          for (const lookup of ['cl:3', 'CL:0000540', 'cl:none']) {
            const kept = again.get(lookup);
            if (kept !== null) checkTerm(kept.term);
          }
          for (const kept of again.search('neuron', 5)) checkTerm(kept.term);
          run += 1;
          if (run % 20 === 0) again.put('cl:new', term, '2026-01-01T00:00:00.000Z');
          if (run % 20 === 0) expect(again.get('cl:new')?.term).toEqual(term);
          again.close();
        },
        { neverRefused: true },
      );
    },
    fuzzMs,
  );
});
