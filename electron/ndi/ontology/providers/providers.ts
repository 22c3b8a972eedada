import type { OntologyName } from '../../../../shared/model/ontologies.ts';
import { type Provider, termNotFound } from '../provider.ts';
import { ncbiTaxonProvider } from './ncbi-taxon.ts';
import { ncimProvider } from './ncim.ts';
import { olsProvider } from './ols.ts';
import { owlProvider } from './owl-files.ts';
import { pubchemProvider } from './pubchem.ts';
import { rridProvider } from './rrid.ts';
import { schemaOrgProvider } from './schema-org.ts';
import { wbStrainProvider } from './wb-strain.ts';

/** NDIC is shipped whole in the offline table: what is not there is nowhere. */
const ndicProvider: Provider = {
  title: 'NDI',
  find: (request) => Promise.reject(termNotFound(request)),
};

/** Who answers for each ontology. */
export const providers: Readonly<Record<OntologyName, Provider>> = {
  CL: olsProvider,
  OM: olsProvider,
  CHEBI: olsProvider,
  EFO: olsProvider,
  PATO: olsProvider,
  SNOMED: olsProvider,
  STATO: olsProvider,
  Uberon: olsProvider,
  NCIT: olsProvider,
  NCBITaxon: ncbiTaxonProvider,
  NCIm: ncimProvider,
  PubChem: pubchemProvider,
  RRID: rridProvider,
  WBStrain: wbStrainProvider,
  EMPTY: owlProvider('EMPTY', 'EMPTY ontology'),
  EDAM: owlProvider('EDAM', 'EDAM'),
  IAO: owlProvider('IAO', 'IAO'),
  SchemaOrg: schemaOrgProvider,
  NDIC: ndicProvider,
};
