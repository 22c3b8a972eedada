import { beforeEach, describe, expect, it } from 'vitest';
import { endpointsOf } from '../endpoints.ts';
import { parseLookup } from '../lookup-text.ts';
import type { Term } from '../provider.ts';
import { sends, startOntologyServer } from '../testing/ontology-server.ts';
import { Web } from '../web.ts';
import { providers } from './providers.ts';

const server = await startOntologyServer();
const limits = { timeoutMs: 500, pauseMs: 1, attempts: 1 };

/** Asks the provider itself, past the table and the cache. A server of its own name each time: files are kept. */
let visits = 0;
async function find(text: string): Promise<Term> {
  visits += 1;
  const request = parseLookup(text);
  const endpoints = endpointsOf(`${server.address}/${visits}`);
  return await providers[request.ontology].find(request, { web: new Web(limits), endpoints });
}
const codeOf = (text: string) =>
  find(text).then(
    () => 'found',
    (error: unknown) => (error as { code: string }).code,
  );

beforeEach(() => server.reset());

describe('the ontologies of OLS', () => {
  const neuron = { iri: 'http://purl.obolibrary.org/obo/CL_0000540', label: 'neuron' };
  const term = {
    label: 'neuron',
    obo_id: 'CL:0000540',
    description: ['', 'A cell that signals.'],
    obo_synonym: [{ name: 'nerve cell' }, { name: '' }],
  };
  const searched = (...docs: object[]) => sends({ response: { numFound: docs.length, docs } });

  it('searches an id exactly and reads the term by its address, encoded twice', async () => {
    server.on('/ols/search', searched(neuron));
    server.on('/ols/ontologies/cl/terms', sends(term));
    expect(await find('CL:0000540')).toEqual({
      ontology: 'CL',
      id: 'CL:0000540',
      curie: 'CL:0000540',
      name: 'neuron',
      definition: 'A cell that signals.',
      synonyms: ['nerve cell'],
    });
    expect(server.asked[0]).toContain('q=CL:0000540&queryFields=obo_id&exact=true&ontology=cl');
    expect(server.asked[1]).toContain('/terms/http%3A%2F%2Fpurl.obolibrary.org%2Fobo%2FCL_0000540');
  });

  it('asks for a short id filled up with zeros too', async () => {
    server.on('/ols/search', searched());
    server.on('q=CL:0000540', searched(neuron));
    server.on('/ols/ontologies/cl/terms', sends(term));
    expect((await find('CL:540')).id).toBe('CL:0000540');
  });

  it('takes a name only when it is the very name, and but one term has it', async () => {
    server.on('/ols/ontologies/cl/terms', sends(term));
    server.on('/ols/search', searched({ ...neuron, label: 'neurone' }));
    expect(await codeOf('CL:neuron')).toBe('ontology.termNotFound');
    server.on('/ols/search', searched({ iri: 'b', label: 'motor neuron' }, { ...neuron, label: 'Neuron' }));
    expect((await find('CL:NEURON')).id).toBe('CL:0000540');
    server.on('/ols/search', searched(neuron, { ...neuron, iri: 'other' }));
    expect(await codeOf('CL:neuron')).toBe('ontology.ambiguous');
    server.on('/ols/search', searched(neuron, neuron));
    expect((await find('CL:neuron')).id).toBe('CL:0000540');
  });

  it('searches OM by labels and names its terms by the end of their address', async () => {
    const iri = 'http://www.ontology-of-units-of-measure.org/resource/om-2/MolarVolumeUnit';
    server.on('/ols/search', searched({ iri, label: 'molar volume unit' }));
    server.on('/ols/ontologies/om/terms', sends({ label: 'molar volume unit', short_form: 'MolarVolumeUnit' }));
    expect((await find('OM:MolarVolumeUnit')).id).toBe('OM:MolarVolumeUnit');
    expect(server.asked[0]).toContain('q=molar volume unit&queryFields=label');
  });

  it('is not taken in by answers of another form', async () => {
    server.on('/ols/search', sends([]));
    expect(await codeOf('CL:neuron')).toBe('ontology.malformed');
    server.on('/ols/search', searched({ label: 'neuron' }));
    expect(await codeOf('CL:neuron')).toBe('ontology.termNotFound');
    server.on('/ols/search', searched(neuron));
    expect(await codeOf('CL:neuron')).toBe('ontology.termNotFound');
    server.on('/ols/ontologies/cl/terms', sends({ label: ['neuron'] }));
    expect(await codeOf('CL:neuron')).toBe('ontology.malformed');
  });
});

describe('NCBITaxon', () => {
  const taxa = `<?xml version="1.0"?><TaxaSet><Taxon><TaxId>9606</TaxId><ScientificName>Homo sapiens</ScientificName>
    <OtherNames><CommonName>man &amp; woman</CommonName><GenbankCommonName>human</GenbankCommonName>
      <Name><ClassCDE>authority</ClassCDE><DispName>Homo sapiens Linnaeus, 1758</DispName></Name></OtherNames>
    <LineageEx><Taxon><TaxId>131567</TaxId><ScientificName>cellular organisms</ScientificName></Taxon></LineageEx>
    </Taxon></TaxaSet>`;
  const ids = (...list: number[]) =>
    sends(`<eSearchResult><IdList>${list.map((id) => `<Id>${id}</Id>`).join('')}</IdList></eSearchResult>`);

  it('reads a number, and searches a name for its number', async () => {
    server.on('/eutils/efetch.fcgi', sends(taxa));
    server.on('/eutils/esearch.fcgi', ids(9606));
    const human = { id: 'NCBITaxon:9606', name: 'Homo sapiens', definition: '' };
    expect(await find('NCBIT:9606')).toMatchObject(human);
    const named = await find('taxonomy:Homo sapiens');
    expect(named).toMatchObject({ ...human, synonyms: ['man & woman', 'human', 'Homo sapiens Linnaeus, 1758'] });
    expect(server.asked[1]).toContain('term=Homo sapiens[Scientific Name]');
  });

  it('says what is not there, and what is no answer', async () => {
    server.on('/eutils/efetch.fcgi', sends('<TaxaSet></TaxaSet>'));
    expect(await codeOf('NCBITaxon:999999999')).toBe('ontology.termNotFound');
    server.on('/eutils/esearch.fcgi', ids());
    expect(await codeOf('NCBITaxon:Nobody')).toBe('ontology.termNotFound');
    server.on('/eutils/esearch.fcgi', ids(1, 2));
    expect(await codeOf('NCBITaxon:Two')).toBe('ontology.ambiguous');
    server.on('/eutils/efetch.fcgi', sends(taxa.slice(0, 200)));
    expect(await codeOf('NCBITaxon:9606')).toBe('ontology.malformed');
  });
});

describe('services with answers of their own', () => {
  it('NCIm', async () => {
    const heart = {
      code: 'C0018787',
      name: 'Heart',
      definitions: [{ definition: 'A pump.' }],
      synonyms: [{ name: 'COR' }],
    };
    server.on('/evs/concept/ncim/C0018787', sends(heart));
    server.on('/evs/concept/search', sends({ total: 1, concepts: [{ code: 'C0018787' }] }));
    const expected = {
      id: 'C0018787',
      curie: 'NCIm:C0018787',
      name: 'Heart',
      definition: 'A pump.',
      synonyms: ['COR'],
    };
    expect(await find('NCIm:C0018787')).toMatchObject(expected);
    expect(await find('NCIm:Heart')).toMatchObject(expected);
    expect(await codeOf('NCIm:C9999999')).toBe('ontology.termNotFound');
    server.on('/evs/concept/search', sends({ total: 0 }));
    expect(await codeOf('NCIm:Nothing')).toBe('ontology.termNotFound');
    server.on('/evs/concept/search', sends({ total: 2, concepts: [{ code: 'C1' }, { code: 'C2' }] }));
    expect(await codeOf('NCIm:Two')).toBe('ontology.ambiguous');
  });

  it('PubChem', async () => {
    server.on('/cid/2244/property', sends({ PropertyTable: { Properties: [{ CID: 2244, Title: 'Aspirin' }] } }));
    server.on('/name/Aspirin/cids', sends({ IdentifierList: { CID: [2244] } }));
    expect(await find('PubChem:cid2244')).toMatchObject({ id: '2244', name: 'Aspirin', definition: '', synonyms: [] });
    server.on('/cid/2244/description', sends({ InformationList: { Information: [{}, { Description: 'A drug.' }] } }));
    server.on('/cid/2244/synonyms', sends({ InformationList: { Information: [{ Synonym: ['ASA', 'ASA'] }] } }));
    expect(await find('PubChem:Aspirin')).toMatchObject({ definition: 'A drug.', synonyms: ['ASA'] });
    expect(await codeOf('PubChem:NoSuchCompound')).toBe('ontology.termNotFound');
  });

  it('RRID', async () => {
    const item = { name: 'NCBI', description: 'A centre.', synonyms: ['NCBI at NIH'] };
    server.on('/scicrunch/RRID:SCR_006472.json', sends({ hits: { hits: [{ _source: { item } }] } }));
    expect(await find('RRID:SCR_006472')).toMatchObject({
      id: 'RRID:SCR_006472',
      name: 'NCBI',
      definition: 'A centre.',
      synonyms: ['NCBI at NIH'],
    });
    server.on('/scicrunch/', sends({ hits: { hits: [] } }));
    expect(await codeOf('RRID:NoSuchRID_000')).toBe('ontology.termNotFound');
  });

  it('WBStrain', async () => {
    const n2 = { primaryIdentifier: 'WBStrain00000001', name: 'N2', genotype: 'wild isolate.', otherName: null };
    server.on('/wormmine/query/results', sends({ results: [n2], wasSuccessful: true }));
    const expected = { id: 'WBStrain:00000001', name: 'N2', definition: 'Genotype: wild isolate.', synonyms: [] };
    expect(await find('WBStrain:00000001')).toMatchObject(expected);
    expect(await find('WBStrain:n2')).toMatchObject(expected);
    expect(await codeOf('WBStrain:N3')).toBe('ontology.termNotFound');
    expect(await codeOf('WBStrain:N*')).toBe('ontology.termNotFound');
    server.on('/wormmine/query/results', sends({ results: [n2, n2] }));
    expect(await codeOf('WBStrain:N2')).toBe('ontology.ambiguous');
    server.on('/wormmine/query/results', sends({ results: [{ ...n2, primaryIdentifier: 'WBGene1' }] }));
    expect(await codeOf('WBStrain:N2')).toBe('ontology.malformed');
  });

  it('Schema.org', async () => {
    const person = { '@id': 'schema:Person', 'rdfs:label': 'Person', 'rdfs:comment': 'Somebody.' };
    server.on('/schema/Person', sends({ '@graph': [{ '@id': 'schema:other' }, person] }));
    expect(await find('schema:Person')).toMatchObject({ id: 'schema:Person', name: 'Person', definition: 'Somebody.' });
    expect(await codeOf('schema:Nothing')).toBe('ontology.termNotFound');
  });
});

describe('ontologies had as a file', () => {
  const owl = `<?xml version="1.0"?><rdf:RDF>
    <owl:Class rdf:about="http://purl.obolibrary.org/obo/EMPTY_0000002"><owl:equivalentClass><owl:Class><x/></owl:Class>
      </owl:equivalentClass><rdfs:subClassOf><owl:Class rdf:about="http://x/EMPTY_9"/></rdfs:subClassOf>
      <obo:IAO_0000115 xml:lang="en">What an animal &lt;does&gt;.</obo:IAO_0000115>
      <oboInOwl:hasExactSynonym>behaviour</oboInOwl:hasExactSynonym>
      <rdfs:label xml:lang="en">Behavioral measurement</rdfs:label></owl:Class>
    <owl:Class rdf:about="http://purl.obolibrary.org/obo/EMPTY_0000003"><rdfs:label>Old</rdfs:label>
      <owl:deprecated rdf:datatype="x">true</owl:deprecated></owl:Class></rdf:RDF>`;
  const edited = `Ontology(<http://x>
    # Class: obo:EMPTY_0000300 (Newest)
    AnnotationAssertion(rdfs:label obo:EMPTY_0000300 "The \\"newest\\"")
    AnnotationAssertion(obo:IAO_0000115 obo:EMPTY_0000300 "Not yet released."@en))`;

  it('reads EMPTY, nested classes and all, and turns to the branch under development', async () => {
    server.on('/empty-base.owl', sends(owl));
    server.on('/empty-edit.owl', sends(edited));
    const measurement = { id: 'EMPTY:0000002', definition: 'What an animal <does>.', synonyms: ['behaviour'] };
    expect(await find('EMPTY:0000002')).toMatchObject(measurement);
    expect(await find('empty:behavioral MEASUREMENT')).toMatchObject(measurement);
    expect(await find('EMPTY:0000300')).toMatchObject({ name: 'The "newest"', definition: 'Not yet released.' });
    expect(await codeOf('EMPTY:0000003')).toBe('ontology.termNotFound');
  });

  it('says that it could not be read rather than that the term is unknown', async () => {
    server.on('/empty-base.owl', sends('', 503));
    server.on('/empty-edit.owl', sends(edited));
    expect(await codeOf('EMPTY:0000002')).toBe('ontology.unreachable');
    server.on('/empty-base.owl', sends('<rdf:RDF></rdf:RDF>'));
    expect(await codeOf('EMPTY:0000002')).toBe('ontology.malformed');
  });

  it('reads EDAM and IAO', async () => {
    const edam =
      '<rdf:RDF><owl:Class rdf:about="http://edamontology.org/format_1929"><rdfs:label>FASTA</rdfs:label><oboInOwl:hasDefinition>Sequences.</oboInOwl:hasDefinition></owl:Class></rdf:RDF>';
    server.on('/EDAM_dev.owl', sends(edam));
    expect(await find('EDAM:1929')).toMatchObject({ id: 'EDAM:1929', name: 'FASTA', definition: 'Sequences.' });
    expect(await find('format:fasta')).toMatchObject({ id: 'EDAM:1929' });
    const iao = edam.replace('http://edamontology.org/format_1929', 'http://purl.obolibrary.org/obo/IAO_0000310');
    server.on('/iao-copy.owl', sends(iao.replace('FASTA', 'document')));
    expect(await find('IAO:310')).toMatchObject({ id: 'IAO:0000310', name: 'document' });
  });
});
