import { beforeEach, describe, expect, it } from 'vitest';
import { ontologies, ontologyNames } from '../../../shared/model/ontologies.ts';
import { endpointsOf } from './endpoints.ts';
import { Ontology } from './ontology.ts';
import { sends, startOntologyServer } from './testing/ontology-server.ts';

const server = await startOntologyServer();
const limits = { timeoutMs: 200, pauseMs: 1, maxJsonBytes: 100_000, attempts: 1 };
const online = { online: true };

/** A term of each ontology that no table has: by its id, where the ontology has ids. */
const unknownTerms: Readonly<Record<string, string>> = {
  NCIm: 'C9999998',
  NCIT: 'C9999998',
  PubChem: '999999998',
  RRID: 'SCR_999998',
  WBStrain: '99999998',
  OM: 'NoSuchUnit',
  SchemaOrg: 'NoSuchThing',
};

let visits = 0;
const codeOf = async (text: string): Promise<string> => {
  visits += 1;
  // A server of its own name each time: whole ontologies are kept once they were read.
  const endpoints = endpointsOf(`${server.address}/${visits}`);
  const ontology = new Ontology({ cachePath: null, endpoints, limits });
  try {
    await ontology.lookup(text, online);
    return 'found';
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    ontology.close();
  }
};

beforeEach(() => server.reset());

describe.each(ontologyNames.filter((name) => name !== 'NDIC'))('%s, asked through the one interface,', (name) => {
  const text = `${ontologies[name].prefix}:${unknownTerms[name] ?? '9999998'}`;

  it('tells of a refusal, of silence, of a lie and of nobody there', async () => {
    server.on('/', sends({}, 403));
    expect(await codeOf(text)).toBe('ontology.denied');
    server.on('/', () => undefined);
    expect(await codeOf(text)).toBe('ontology.timeout');
    server.on('/', sends('<html>Sign in to the hotel</html>'));
    expect(await codeOf(text)).toBe('ontology.malformed');
    server.on('/', sends({}, 500));
    expect(await codeOf(text)).toBe('ontology.unreachable');
  });

  it('asks nobody where that is switched off', async () => {
    const ontology = new Ontology({ cachePath: null, endpoints: endpointsOf(server.address), limits });
    await expect(ontology.lookup(text, { online: false })).rejects.toMatchObject({ code: 'ontology.offline' });
    expect(server.asked).toEqual([]);
    ontology.close();
  });
});
