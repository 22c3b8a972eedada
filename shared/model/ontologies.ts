/** The ontologies that NDI knows, by the name of their provider. */
export type OntologyName =
  | 'CL'
  | 'OM'
  | 'CHEBI'
  | 'EFO'
  | 'PATO'
  | 'SNOMED'
  | 'STATO'
  | 'Uberon'
  | 'NCIT'
  | 'NCBITaxon'
  | 'NCIm'
  | 'PubChem'
  | 'RRID'
  | 'WBStrain'
  | 'EMPTY'
  | 'EDAM'
  | 'IAO'
  | 'SchemaOrg'
  | 'NDIC';

interface OntologyFacts {
  /** What documents write before the colon. */
  readonly prefix: string;
  /** For people. */
  readonly title: string;
  /** Which terms are ids; all others are names. */
  readonly idForm: RegExp;
  /** Digits that an id is filled up to with zeros, where the ontology does so. */
  readonly digits?: number;
  /** `lookup` gives the id without its prefix. */
  readonly bareId?: true;
}

const numbers = /^\d+$/;

export const ontologies: Readonly<Record<OntologyName, OntologyFacts>> = {
  CL: { prefix: 'CL', title: 'Cell Ontology', idForm: numbers, digits: 7 },
  OM: { prefix: 'OM', title: 'Ontology of units of Measure', idForm: /^$/ },
  CHEBI: { prefix: 'CHEBI', title: 'Chemical Entities of Biological Interest', idForm: numbers },
  EFO: { prefix: 'EFO', title: 'Experimental Factor Ontology', idForm: numbers, digits: 7 },
  PATO: { prefix: 'PATO', title: 'Phenotype And Trait Ontology', idForm: numbers, digits: 7 },
  SNOMED: { prefix: 'SNOMED', title: 'SNOMED Clinical Terms', idForm: numbers },
  STATO: { prefix: 'STATO', title: 'Statistics Ontology', idForm: numbers, digits: 7 },
  Uberon: { prefix: 'UBERON', title: 'Uberon anatomy ontology', idForm: numbers, digits: 7 },
  NCIT: { prefix: 'NCIT', title: 'NCI Thesaurus', idForm: /^C\d+$/i },
  NCBITaxon: { prefix: 'NCBITaxon', title: 'NCBI Taxonomy', idForm: numbers },
  NCIm: { prefix: 'NCIm', title: 'NCI Metathesaurus', idForm: /^CL?\d{6,7}$/i, bareId: true },
  PubChem: { prefix: 'PubChem', title: 'PubChem compounds', idForm: /^(cid\s*)?\d+$/i, bareId: true },
  RRID: { prefix: 'RRID', title: 'Research Resource Identifiers', idForm: /^./ },
  WBStrain: { prefix: 'WBStrain', title: 'WormBase strains', idForm: /^(WBStrain)?\d{8}$/i },
  EMPTY: { prefix: 'EMPTY', title: 'Experimental Measurements, Purposes and Treatments ontologY', idForm: numbers },
  EDAM: { prefix: 'EDAM', title: 'EDAM data and formats', idForm: /^([a-z]+_)?\d+$/i },
  IAO: { prefix: 'IAO', title: 'Information Artifact Ontology', idForm: numbers, digits: 7 },
  SchemaOrg: { prefix: 'schema', title: 'Schema.org', idForm: /^./ },
  NDIC: { prefix: 'NDIC', title: 'NDI’s controlled vocabulary', idForm: numbers, bareId: true },
};

export const ontologyNames = Object.keys(ontologies) as OntologyName[];

/** Prefixes besides the ontologies' own. */
const otherPrefixes: Readonly<Record<string, OntologyName>> = {
  ncbit: 'NCBITaxon',
  taxonomy: 'NCBITaxon',
  format: 'EDAM',
  wormbase: 'WBStrain',
};

const byPrefix = new Map<string, OntologyName>([
  ...ontologyNames.map((name): [string, OntologyName] => [ontologies[name].prefix.toLowerCase(), name]),
  ...Object.entries(otherPrefixes),
]);

/** The ontology of a prefix, whatever its case. */
export function ontologyOfPrefix(prefix: string): OntologyName | undefined {
  return byPrefix.get(prefix.trim().toLowerCase());
}

/** Whether a text names a term by its id, as documents write it: a known prefix, a colon, and what may be an id. */
export function isTermId(text: string): boolean {
  const [, prefix = '', rest = ''] = /^([A-Za-z]+):([\w.-]+)$/.exec(text) ?? [];
  const ontology = ontologyOfPrefix(prefix);
  // Names can be written so, too; one word may be anything.
  return ontology !== undefined && (/\d/.test(rest) || ontology === 'SchemaOrg');
}
