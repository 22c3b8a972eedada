import type { OntologyTerm } from '../../../shared/contract/ontology.ts';

/** Pages for people, by ontology; the rest are pages of the EBI Ontology Lookup Service. */
const pages: Readonly<Record<string, (id: string) => string>> = {
  NCBITaxon: (id) => `https://www.ncbi.nlm.nih.gov/Taxonomy/Browser/wwwtax.cgi?id=${id}`,
  NCIm: (id) => `https://evsexplore.semantics.cancer.gov/evsexplore/concept/ncim/${id}`,
  PubChem: (id) => `https://pubchem.ncbi.nlm.nih.gov/compound/${id}`,
  RRID: (id) => `https://scicrunch.org/resolver/RRID:${id}`,
  WBStrain: (id) => `https://wormbase.org/species/c_elegans/strain/WBStrain${id}`,
  SchemaOrg: (id) => `https://schema.org/${id}`,
};

/** NDI's own terms and those of EMPTY have no page; nor has OM a place in the lookup service that an id leads to. */
const without = ['NDIC', 'EMPTY'];

/** Address of a term's own page; null where it has none. */
export function termAddress({ ontology, curie }: Pick<OntologyTerm, 'ontology' | 'curie'>): string | null {
  if (without.includes(ontology)) return null;
  const id = encodeURIComponent(curie.slice(curie.indexOf(':') + 1));
  return pages[ontology]?.(id) ?? `https://www.ebi.ac.uk/ols4/search?q=${encodeURIComponent(curie)}&exactMatch=true`;
}
