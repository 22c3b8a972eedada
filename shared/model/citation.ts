/** What a citation needs to know of a published dataset. */
export interface Citable {
  readonly title: string;
  readonly authors: readonly { readonly given: string; readonly family: string }[];
  readonly year: number;
  readonly publisher: string;
  /** Bare DOI, or empty. */
  readonly doi: string;
  readonly url: string;
}

/** `Lovelace, A.; Hodgkin, A. (2025). Title. NDI Cloud. https://doi.org/…` */
export function plainCitation({ authors, title, year, publisher, doi, url }: Citable): string {
  const names = authors.map(({ given, family }) => (given === '' ? family : `${family}, ${initials(given)}`));
  const who = names.length === 0 ? publisher : names.join('; ');
  return `${who} (${year}). ${title}. ${publisher}. ${doi === '' ? url : `https://doi.org/${doi}`}`;
}

function initials(given: string): string {
  return given
    .split(/[\s.]+/)
    .filter((part) => part !== '')
    .map((part) => `${part.match(/./u)?.[0] ?? ''}.`)
    .join(' ');
}

export function bibtex({ authors, title, year, publisher, doi, url }: Citable): string {
  const key = `${ascii(authors[0]?.family ?? 'dataset')}${year}`;
  const names = authors.map(({ given, family }) => (given === '' ? family : `${family}, ${given}`)).join(' and ');
  const fields: [string, string][] = [
    ['author', names],
    ['title', `{${latex(title)}}`],
    ['year', String(year)],
    ['publisher', publisher],
    ['doi', doi],
    ['url', url],
  ];
  const lines = fields
    .filter(([, value]) => value !== '' && value !== '{}')
    .map(
      ([name, value]) => `  ${name} = {${name === 'title' || name === 'url' || name === 'doi' ? value : latex(value)}}`,
    );
  return `@misc{${key},\n${lines.join(',\n')}\n}`;
}

/** Characters that TeX takes for commands. */
function latex(text: string): string {
  return text.replace(/\\/g, '\\textbackslash ').replace(/[&%$#_{}]/g, (found) => `\\${found}`);
}

function ascii(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
}

export function ris({ authors, title, year, publisher, doi, url }: Citable): string {
  const lines: [string, string][] = [
    ['TY', 'DATA'],
    ...authors.map(({ given, family }): [string, string] => ['AU', given === '' ? family : `${family}, ${given}`]),
    ['TI', title],
    ['PY', String(year)],
    ['PB', publisher],
    ['DO', doi],
    ['UR', url],
  ];
  const written = lines
    .filter(([, value]) => value !== '')
    .map(([tag, value]) => `${tag}  - ${value.replace(/\s+/g, ' ')}`);
  return [...written, 'ER  - ', ''].join('\r\n');
}
