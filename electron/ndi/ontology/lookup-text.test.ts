import { describe, expect, it } from 'vitest';
import { curieOf, paddedId, parseLookup } from './lookup-text.ts';

describe('parseLookup', () => {
  it.each([
    ['CL:0000540', 'CL', '0000540', 'id'],
    [' cl : neuron ', 'CL', 'neuron', 'name'],
    ['uberon:heart', 'Uberon', 'heart', 'name'],
    ['NCBIT:9606', 'NCBITaxon', '9606', 'id'],
    ['taxonomy:Homo sapiens', 'NCBITaxon', 'Homo sapiens', 'name'],
    ['PubChem:cid 2244', 'PubChem', '2244', 'id'],
    ['format:1929', 'EDAM', '1929', 'id'],
    ['EDAM:format_3620', 'EDAM', '3620', 'id'],
    ['EMPTY:Elevated Plus Maze: open arm total entries', 'EMPTY', 'Elevated Plus Maze: open arm total entries', 'name'],
    ['NCIT:C48367', 'NCIT', 'C48367', 'id'],
    ['ncim:c0018787', 'NCIm', 'C0018787', 'id'],
    ['wormbase:WBStrain00000001', 'WBStrain', '00000001', 'id'],
    ['CL:CL:0000540', 'CL', '0000540', 'id'],
    ['schema:Person', 'SchemaOrg', 'Person', 'id'],
    ['OM:MolarVolumeUnit', 'OM', 'MolarVolumeUnit', 'name'],
  ])('reads %s', (text, ontology, term, kind) => {
    expect(parseLookup(text)).toMatchObject({ ontology, term, kind });
  });

  it.each([
    ['neuron', 'ontology.termInvalid'],
    [':neuron', 'ontology.termInvalid'],
    ['CL: ', 'ontology.termInvalid'],
    ['', 'ontology.termInvalid'],
    ['OM:182', 'ontology.termInvalid'],
    ['FOO:1', 'ontology.prefixUnknown'],
    ['constructor:1', 'ontology.prefixUnknown'],
  ])('refuses “%s”', (text, code) => {
    expect(() => parseLookup(text)).toThrow(expect.objectContaining({ code }));
  });

  it('writes ids as documents do', () => {
    expect(curieOf('NDIC', '8')).toBe('NDIC:8');
    expect(curieOf('Uberon', 'uberon:0000948')).toBe('uberon:0000948');
    expect(paddedId('CL', '540')).toBe('0000540');
    expect(paddedId('CHEBI', '15377')).toBe('15377');
  });
});
