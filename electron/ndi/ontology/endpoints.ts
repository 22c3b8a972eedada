/** Addresses that the providers ask, without a slash at the end. */
export interface Endpoints {
  /** EBI Ontology Lookup Service. */
  readonly ols: string;
  /** NCBI E-utilities. */
  readonly eutils: string;
  /** NCI EVS. */
  readonly evs: string;
  readonly pubchem: string;
  readonly scicrunch: string;
  /** WormBase's strains as the Alliance of Genome Resources serves them; wormbase.org itself refuses programs (403). */
  readonly wormmine: string;
  readonly schemaOrg: string;
  /** Whole ontologies as OWL; the next is tried where the first cannot be had. */
  readonly empty: readonly string[];
  readonly edam: readonly string[];
  readonly iao: readonly string[];
}

const emptyOntology = 'https://raw.githubusercontent.com/Waltham-Data-Science/empty-ontology';

const publicEndpoints: Endpoints = {
  ols: 'https://www.ebi.ac.uk/ols4/api',
  eutils: 'https://eutils.ncbi.nlm.nih.gov/entrez/eutils',
  evs: 'https://api-evsrest.nci.nih.gov/api/v1',
  pubchem: 'https://pubchem.ncbi.nlm.nih.gov/rest/pug',
  scicrunch: 'https://scicrunch.org/resolver',
  wormmine: 'https://wormmine.alliancegenome.org/wormmine/service',
  schemaOrg: 'https://schema.org',
  empty: [`${emptyOntology}/main/empty-base.owl`, `${emptyOntology}/development/src/ontology/empty-edit.owl`],
  edam: ['https://raw.githubusercontent.com/edamontology/edamontology/main/EDAM_dev.owl'],
  iao: [
    'http://purl.obolibrary.org/obo/iao.owl',
    'https://raw.githubusercontent.com/information-artifact-ontology/IAO/master/iao.owl',
  ],
};

/**
 * The public addresses, or those of one server that stands for all of them (a mirror, or a test).
 * @param server address without a slash at the end; empty for the public ones
 */
export function endpointsOf(server: string): Endpoints {
  if (server === '') return publicEndpoints;
  return {
    ols: `${server}/ols`,
    eutils: `${server}/eutils`,
    evs: `${server}/evs`,
    pubchem: `${server}/pubchem`,
    scicrunch: `${server}/scicrunch`,
    wormmine: `${server}/wormmine`,
    schemaOrg: `${server}/schema`,
    empty: [`${server}/empty-base.owl`, `${server}/empty-edit.owl`],
    edam: [`${server}/EDAM_dev.owl`],
    iao: [`${server}/iao.owl`, `${server}/iao-copy.owl`],
  };
}
