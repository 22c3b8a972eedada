import { elementText, elementTexts } from './xml-text.ts';

/** A class of an ontology file. */
export interface OwlClass {
  readonly iri: string;
  readonly label: string;
  readonly definition: string;
  readonly synonyms: readonly string[];
}

/** Classes with a label that are not deprecated, of an OWL file in RDF/XML or in functional syntax. */
export function readOwl(text: string): OwlClass[] {
  return text.includes('<rdf:RDF') ? readRdf(text) : readFunctional(text);
}

/**
 * Classes may be nested (in an equivalence) before their labels come, so their ends are counted. One walk over the
 * tags: such files have megabytes.
 */
function readRdf(text: string): OwlClass[] {
  // No tag holds another: a pattern that looked past `<` would look through the whole file again for each of them.
  const tag = /<(\/?)owl:Class(?=[\s/>])(?:\s+rdf:about\s*=\s*(?:"([^"<]*)"|'([^'<]*)'))?[^<>]*?(\/?)>/g;
  const classes: OwlClass[] = [];
  let depth = 0;
  let start = 0;
  let iri = '';
  for (const found of text.matchAll(tag)) {
    const [whole, closing, double, single, empty] = found;
    if (empty === '/') continue;
    if (closing === '') {
      if (depth === 0) {
        iri = double ?? single ?? '';
        start = found.index + whole.length;
      }
      depth += 1;
    } else if (depth > 0) {
      depth -= 1;
      if (depth === 0 && iri !== '') classes.push(...rdfClass(iri, text.slice(start, found.index)));
    }
  }
  return classes;
}

function rdfClass(iri: string, content: string): OwlClass[] {
  const label = elementText(content, 'rdfs:label');
  if (label === '' || /^(true|1)$/i.test(elementText(content, 'owl:deprecated'))) return [];
  const definition = elementText(content, 'obo:IAO_0000115') || elementText(content, 'oboInOwl:hasDefinition');
  const synonyms = ['oboInOwl:hasExactSynonym', 'oboInOwl:hasRelatedSynonym', 'obo:IAO_0000118'];
  return [{ iri, label, definition, synonyms: synonyms.flatMap((name) => elementTexts(content, name)) }];
}

const annotation =
  /AnnotationAssertion\(\s*<?([\w:/.#-]+)>?\s+<?([\w:/.#-]+)>?\s+"([^"\\]*(?:\\[^][^"\\]*)*)"(?:@[\w-]+|\^\^\S+?)?\s*\)/g;

function readFunctional(text: string): OwlClass[] {
  const byIri = new Map<string, { label: string; definition: string; synonyms: string[]; deprecated: boolean }>();
  for (const [, property = '', iri = '', escaped = ''] of text.matchAll(annotation)) {
    const found = byIri.get(iri) ?? { label: '', definition: '', synonyms: [], deprecated: false };
    byIri.set(iri, found);
    const value = escaped.replace(/\\([^])/g, '$1');
    if (property.endsWith('label')) found.label ||= value;
    else if (property.endsWith('IAO_0000115')) found.definition ||= value;
    else if (/has(Exact|Related)Synonym$/.test(property)) found.synonyms.push(value);
    else if (property.endsWith('deprecated')) found.deprecated = value === 'true';
  }
  return [...byIri].flatMap(([iri, { label, definition, synonyms, deprecated }]) =>
    label === '' || deprecated ? [] : [{ iri, label, definition, synonyms }],
  );
}
