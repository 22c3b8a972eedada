/** What a citation needs to know of a dataset. What is not known is empty, and left out. */
export interface Citable {
  readonly title: string;
  readonly authors: readonly Name[];
  /** Null where nobody knows. */
  readonly year: number | null;
  readonly publisher: string;
  /** Bare DOI. */
  readonly doi: string;
  readonly url: string;
}

interface Name {
  readonly given: string;
  /** A group of people has only this name. */
  readonly family: string;
}

/** `Lovelace, A.; Hodgkin, A. (2025). Title. NDI Cloud. https://doi.org/…`; without authors the title comes first. */
export function plainCitation({ authors, title, year, publisher, doi, url }: Citable): string {
  const names = named(authors).map(({ given, family }) => (given === '' ? family : `${family}, ${initials(given)}`));
  const when = `(${year ?? 'n.d.'})`;
  const what = oneLine(title).replace(/\.$/, '');
  const begin = names.length === 0 ? `${what} ${when}.` : `${names.join('; ')} ${when}. ${what}.`;
  return [begin, publisher === '' ? '' : `${publisher}.`, doi === '' ? url : `https://doi.org/${doi}`]
    .filter((part) => part !== '')
    .join(' ');
}

/** `Ada King` is `A. K.`, `Jean-Paul` is `J.-P.` */
function initials(given: string): string {
  const first = (part: string) => `${/./u.exec(part)?.[0] ?? ''}.`;
  return given
    .split(/[\s.]+/)
    .filter((part) => part !== '')
    .map((part) => part.split(/[-‐]/).filter(Boolean).map(first).join('-'))
    .join(' ');
}

export function bibtex({ authors, title, year, publisher, doi, url }: Citable): string {
  const names = named(authors);
  const fields: [string, string][] = [
    ['author', names.map(bibtexName).join(' and ')],
    ['title', title === '' ? '' : `{${latex(title)}}`],
    ['year', year === null ? '' : String(year)],
    ['publisher', latex(publisher)],
    ['doi', verbatim(doi)],
    ['url', verbatim(doi === '' ? url : `https://doi.org/${doi}`)],
  ];
  const lines = fields.filter(([, value]) => value !== '').map(([name, value]) => `  ${name} = {${value}}`);
  const key = `${plainLetters(names[0]?.family ?? '') || 'dataset'}${year ?? ''}`;
  return `@misc{${key},\n${lines.join(',\n')}\n}`;
}

/** A name of its own, and one with a comma or an “and” in it, is put in braces: it is one name and not several. */
function bibtexName({ given, family }: Name): string {
  const whole = (part: string) => (/,|\band\b/i.test(part) ? `{${latex(part)}}` : latex(part));
  if (given === '') return `{${latex(family)}}`;
  return `${whole(family)}, ${whole(given)}`;
}

const commands: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  // BibTeX counts braces even where TeX would print them.
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
};

/** A text in which no character is a command to TeX. */
function latex(text: string): string {
  return oneLine(text).replace(/[\\{}~^&%$#_]/g, (found) => commands[found] ?? `\\${found}`);
}

/** Addresses are printed as they are; only braces would unbalance the entry. */
function verbatim(address: string): string {
  return oneLine(address).replace(/[{}\\]/g, encodeURIComponent);
}

/** For the key of an entry: `Müller-Lyer` is `mullerlyer`. */
function plainLetters(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^A-Za-z0-9]/g, '')
    .toLowerCase();
}

/** Tags in the order in which programs expect them; one author a line; lines end as the format wants them. */
export function ris({ authors, title, year, publisher, doi, url }: Citable): string {
  const lines: [string, string][] = [
    ['TY', 'DATA'],
    ...named(authors).map(({ given, family }): [string, string] => [
      'AU',
      given === '' ? family : `${family}, ${given}`,
    ]),
    ['TI', title],
    ['PY', year === null ? '' : String(year)],
    ['PB', publisher],
    ['DO', doi],
    ['UR', url],
  ];
  const written = lines.map(([tag, value]) => [tag, oneLine(value)]).filter(([, value]) => value !== '');
  return [...written.map(([tag, value]) => `${tag}  - ${value}`), 'ER  - ', ''].join('\r\n');
}

function named(authors: readonly Name[]): Name[] {
  return authors
    .map(({ given, family }) =>
      family.trim() === '' ? { given: '', family: given.trim() } : { given: given.trim(), family: family.trim() },
    )
    .filter(({ family }) => family !== '');
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
