import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../build/testing/temporary.ts';
import { endpointsOf } from './endpoints.ts';
import { Ontology } from './ontology.ts';
import { sends, startOntologyServer } from './testing/ontology-server.ts';

const folder = temporaryFolder('ndi-ontology');
const server = await startOntologyServer();
const limits = { timeoutMs: 300, pauseMs: 1, maxJsonBytes: 100_000 };
const online = { online: true };

let files = 0;
const newCache = () => join(folder, `cache-${files++}.sqlite`);
const ontologyWith = (cachePath: string | null) =>
  new Ontology({ cachePath, endpoints: endpointsOf(server.address), limits });

const searched = (...docs: object[]) => sends({ response: { numFound: docs.length, docs } });
const gland = { iri: 'http://x/UBERON_0002530', label: 'gland' };

function serveGland(): void {
  server.on('/ols/search', searched(gland));
  server.on('/ols/ontologies/uberon/terms', sends({ label: 'gland', obo_id: 'UBERON:0002530' }));
}

beforeEach(() => server.reset());

describe('terms known without a network', () => {
  it.each([
    ['NDIC:8', '8', 'NDIC:8', 'Experienced cricket hunting'],
    ['ndic:postnatal day', '11', 'NDIC:11', 'Postnatal day'],
    ['PATO:0000384', 'PATO:0000384', 'PATO:0000384', 'male'],
    ['PATO:384', 'PATO:0000384', 'PATO:0000384', 'male'],
    ['pato:Male', 'PATO:0000384', 'PATO:0000384', 'male'],
    ['NCIm:C0018787', 'C0018787', 'NCIm:C0018787', 'Heart'],
    ['PubChem:Aspirin', '2244', 'PubChem:2244', 'aspirin'],
    ['uberon:3373', 'UBERON:3373', 'UBERON:3373', 'gastric mill neuron'],
    ['OM:acidity', 'OM:Acidity', 'OM:Acidity', 'acidity'],
    ['format:FASTA', 'EDAM:1929', 'EDAM:1929', 'FASTA'],
    ['schema:Person', 'schema:Person', 'schema:Person', 'Person'],
  ])('finds %s', async (text, id, curie, name) => {
    const found = await ontologyWith(null).lookup(text, { online: false });
    expect(found).toMatchObject({ id, curie, name, source: 'offline table', retrievedAt: null });
    expect(server.asked).toEqual([]);
  });

  it('says what is not known, and never asks a server about NDIC', async () => {
    const ontology = ontologyWith(null);
    await expect(ontology.lookup('NDIC:9999', online)).rejects.toMatchObject({ code: 'ontology.termNotFound' });
    await expect(ontology.lookup('CL:hair cell', { online: false })).rejects.toMatchObject({
      code: 'ontology.offline',
    });
    expect(server.asked).toEqual([]);
  });
});

describe('the cache', () => {
  it('works without the server later, and says from when', async () => {
    serveGland();
    const path = newCache();
    const first = ontologyWith(path);
    const found = await first.lookup('UBERON:gland', online);
    expect(found).toMatchObject({ source: 'provider', id: 'UBERON:0002530', provider: 'EBI Ontology Lookup Service' });
    first.close();
    server.reset();
    const later = ontologyWith(path);
    for (const text of ['uberon:Gland', 'UBERON:0002530']) {
      const again = await later.lookup(text, { online: false });
      expect(again).toMatchObject({ source: 'cache', name: 'gland', retrievedAt: found.retrievedAt });
    }
    expect((await later.search('glan', { online: false, limit: 5 })).terms.map((term) => term.curie)).toEqual([
      'UBERON:0002530',
    ]);
    // Asked for anew, a server that knows nothing of it is believed; one that fails is not.
    server.on('/ols/search', sends({}, 500));
    expect(await later.lookup('UBERON:gland', { online: true, refresh: true })).toMatchObject({ source: 'cache' });
    later.clearCache();
    await expect(later.lookup('UBERON:gland', { online: false })).rejects.toMatchObject({ code: 'ontology.offline' });
    later.close();
  });

  it('is made anew when it is damaged, and done without where it cannot be', async () => {
    serveGland();
    const damaged = newCache();
    writeFileSync(damaged, 'not a database at all '.repeat(500));
    const ontology = ontologyWith(damaged);
    await ontology.lookup('UBERON:gland', online);
    ontology.close();
    server.reset();
    expect(await ontologyWith(damaged).lookup('UBERON:gland', { online: false })).toMatchObject({ source: 'cache' });
    serveGland();
    writeFileSync(join(folder, 'a-file'), '');
    const nowhere = ontologyWith(join(folder, 'a-file', 'cache.sqlite'));
    expect(await nowhere.lookup('UBERON:gland', online)).toMatchObject({ source: 'provider' });
    expect(await nowhere.lookup('UBERON:gland', { online: false })).toMatchObject({ source: 'cache' });
  });

  it('keeps no failures', async () => {
    const ontology = ontologyWith(newCache());
    server.on('/ols/search', searched());
    await expect(ontology.lookup('UBERON:gland', online)).rejects.toMatchObject({ code: 'ontology.termNotFound' });
    serveGland();
    expect(await ontology.lookup('UBERON:gland', online)).toMatchObject({ name: 'gland' });
    ontology.close();
  });
});

describe('searching', () => {
  it('puts the closest first and keeps to the ontologies asked for', async () => {
    const { terms } = await ontologyWith(null).search('neuron', { online: false, limit: 5, among: ['CL'] });
    expect(terms[0]).toMatchObject({ curie: 'CL:0000540', name: 'neuron' });
    expect(terms.every((term) => term.ontology === 'CL')).toBe(true);
    expect((await ontologyWith(null).search('v1', { online: false, limit: 5 })).terms[0]?.name).toBe(
      'primary visual cortex',
    );
  });

  it('adds what the server finds, each term once and as its own ontology', async () => {
    const hits = [
      { iri: 'a', label: 'neuron', obo_id: 'CL:0000540' },
      { iri: 'b', label: 'neuronal crest', obo_id: 'UBERON:0002342' },
      { iri: 'c', label: 'neuron of elsewhere', obo_id: 'FBbt:1' },
    ];
    server.on('/ols/search', searched(...hits));
    const { terms, problem } = await ontologyWith(null).search('neuron', { online: true, limit: 50 });
    expect(problem).toBeNull();
    const curies = terms.map((term) => term.curie);
    expect(curies.filter((curie) => curie === 'CL:0000540')).toHaveLength(1);
    expect(curies).toContain('UBERON:0002342');
    expect(curies).not.toContain('FBbt:1');
  });

  it('still answers when the server does not, and says so', async () => {
    server.on('/ols/search', sends({}, 403));
    const { terms, problem } = await ontologyWith(null).search('male', { online: true, limit: 5 });
    expect(terms[0]?.curie).toBe('PATO:0000384');
    expect(problem?.code).toBe('ontology.denied');
  });
});
