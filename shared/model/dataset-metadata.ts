/** What describes a dataset to the world, in the fields of NDI's metadata editor. Texts are empty where nothing is known. */
export interface DatasetMetadata {
  readonly title: string;
  readonly shortName: string;
  readonly abstract: string;
  /** Not for the public. */
  readonly comments: string;
  readonly authors: readonly DatasetAuthor[];
  /** Name of the license, such as `CC-BY-4.0`, or openMINDS' name for it (`ccBy4_0`). */
  readonly license: string;
  readonly funding: readonly DatasetFunding[];
  readonly publications: readonly DatasetPublication[];
  /** URL or DOI of the full documentation. */
  readonly documentation: string;
  readonly version: string;
  /** What is new in this version. */
  readonly versionInnovation: string;
  /** `2025-12-31`. */
  readonly releaseDate: string;
  readonly dataTypes: readonly string[];
  readonly approaches: readonly string[];
  readonly techniques: readonly string[];
}

export interface DatasetAuthor {
  readonly givenName: string;
  readonly familyName: string;
  /** 16 digits in four groups, without an address before them. */
  readonly orcid: string;
  readonly email: string;
  /** `1st Author`, `Custodian`, `Corresponding`. */
  readonly roles: readonly string[];
  /** Full names of organisations. */
  readonly affiliations: readonly string[];
}

export interface DatasetFunding {
  readonly funder: string;
  readonly awardTitle: string;
  readonly awardNumber: string;
}

export interface DatasetPublication {
  readonly title: string;
  readonly doi: string;
  readonly pmid: string;
  readonly pmcid: string;
}

export const emptyMetadata: DatasetMetadata = {
  title: '',
  shortName: '',
  abstract: '',
  comments: '',
  authors: [],
  license: '',
  funding: [],
  publications: [],
  documentation: '',
  version: '',
  versionInnovation: '',
  releaseDate: '',
  dataTypes: [],
  approaches: [],
  techniques: [],
};

export const authorRoles = ['1st Author', 'Custodian', 'Corresponding'] as const;

/** Licenses that NDI's editor offers: openMINDS' names, and what people call them. */
export const licenses: Readonly<Record<string, string>> = {
  ccBy4_0: 'CC BY 4.0',
  ccByNc4_0: 'CC BY-NC 4.0',
  ccByNcNd4_0: 'CC BY-NC-ND 4.0',
  ccByNcSa4_0: 'CC BY-NC-SA 4.0',
  ccByNd4_0: 'CC BY-ND 4.0',
  ccBySa4_0: 'CC BY-SA 4.0',
};

export interface MetadataProblem {
  /** Dotted path in the metadata: `authors.0.orcid`. */
  readonly field: string;
  readonly message: string;
  /** `blocks`: needed before a dataset can be published. */
  readonly grade: 'blocks' | 'shouldFix';
}

/** What is missing or wrong before a dataset can be published. */
export function checkDatasetMetadata(metadata: DatasetMetadata): MetadataProblem[] {
  return [...required(metadata), ...checkAuthors(metadata.authors), ...checkRest(metadata)];
}

function* required({
  title,
  shortName,
  abstract,
  license,
  version,
  authors,
}: DatasetMetadata): Generator<MetadataProblem> {
  const needed = { title, shortName, abstract, license, version };
  const words = {
    title: 'a title',
    shortName: 'a short name',
    abstract: 'an abstract',
    license: 'a license',
    version: 'a version',
  };
  for (const [field, value] of Object.entries(needed)) {
    if (value.trim() === '') {
      yield { field, message: `The dataset needs ${words[field as keyof typeof words]}.`, grade: 'blocks' };
    }
  }
  if (authors.length === 0)
    yield { field: 'authors', message: 'The dataset needs at least one author.', grade: 'blocks' };
}

function* checkAuthors(authors: readonly DatasetAuthor[]): Generator<MetadataProblem> {
  const seen = new Set<string>();
  for (const [at, { givenName, familyName, orcid, email }] of authors.entries()) {
    const field = (name: string) => `authors.${at}.${name}`;
    if (familyName.trim() === '')
      yield { field: field('familyName'), message: 'An author needs a family name.', grade: 'blocks' };
    if (givenName.trim() === '')
      yield { field: field('givenName'), message: 'The given name is missing.', grade: 'shouldFix' };
    if (orcid === '') yield { field: field('orcid'), message: 'The ORCID is missing.', grade: 'shouldFix' };
    else if (!isOrcid(orcid)) yield { field: field('orcid'), message: orcidFault(orcid), grade: 'blocks' };
    else if (seen.has(orcid))
      yield { field: field('orcid'), message: 'Another author has this ORCID.', grade: 'blocks' };
    seen.add(orcid);
    if (email !== '' && !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
      yield { field: field('email'), message: 'This is no e-mail address.', grade: 'blocks' };
    }
  }
}

function* checkRest({
  publications,
  funding,
  releaseDate,
  documentation,
}: DatasetMetadata): Generator<MetadataProblem> {
  const dois = publications.map(({ doi }) => plainDoi(doi));
  for (const [at, { title, doi }] of publications.entries()) {
    const field = `publications.${at}.doi`;
    if (doi !== '' && !isDoi(doi))
      yield { field, message: 'A DOI begins with 10. and has a slash, such as 10.1000/182.', grade: 'blocks' };
    else if (doi !== '' && dois.indexOf(plainDoi(doi)) < at)
      yield { field, message: 'This DOI is listed already.', grade: 'blocks' };
    if (title === '' && doi === '')
      yield { field, message: 'A publication needs a title or a DOI.', grade: 'shouldFix' };
  }
  for (const [at, { funder }] of funding.entries()) {
    if (funder.trim() === '')
      yield { field: `funding.${at}.funder`, message: 'The funder is missing.', grade: 'shouldFix' };
  }
  if (releaseDate !== '' && !isDate(releaseDate)) {
    yield { field: 'releaseDate', message: 'Write the date as 2025-12-31.', grade: 'blocks' };
  }
  if (documentation !== '' && !isDoi(documentation) && !/^https?:\/\/\S+$/.test(documentation)) {
    yield { field: 'documentation', message: 'Write a web address or a DOI.', grade: 'blocks' };
  }
}

function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && isSameDay(text);
}

/** The 30th of February becomes another day, or none. */
function isSameDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

/** Without `https://orcid.org/`, in capitals. */
export function plainOrcid(text: string): string {
  return text
    .trim()
    .replace(/^(https?:\/\/)?orcid\.org\//i, '')
    .toUpperCase();
}

/** Four groups of four digits whose last sign is the check of ISO 7064 MOD 11-2 over the others. */
export function isOrcid(text: string): boolean {
  if (!/^(\d{4}-){3}\d{3}[\dX]$/.test(text)) return false;
  const digits = text.replaceAll('-', '');
  const total = Array.from(digits.slice(0, -1)).reduce((sum, digit) => ((sum + Number(digit)) * 2) % 11, 0);
  const check = (12 - total) % 11;
  return digits.at(-1) === (check === 10 ? 'X' : String(check));
}

function orcidFault(text: string): string {
  return /^(\d{4}-){3}\d{3}[\dX]$/.test(text)
    ? 'A digit of this ORCID is wrong: its check digit does not fit.'
    : 'An ORCID has four groups of four digits, such as 0000-0002-1825-0097.';
}

/** Without `https://doi.org/` or `doi:`, in small letters: DOIs ignore case. */
export function plainDoi(text: string): string {
  return text
    .trim()
    .replace(/^(https?:\/\/(dx\.)?doi\.org\/|doi:\s*)/i, '')
    .toLowerCase();
}

function isDoi(text: string): boolean {
  return /^10\.\d{4,9}\/\S+$/.test(plainDoi(text));
}
