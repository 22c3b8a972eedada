import { ownValue } from '../../../shared/model/own-value.ts';
/** Just enough of XML for the answers of ontology servers: elements by name, their text, attributes of the first tag. */

/** The contents of all elements of a name that are not inside another of that name. */
export function elementsOf(xml: string, name: string): string[] {
  const tag = new RegExp(`<(/?)${name}(?=[\\s/>])[^<>]*?(/?)>`, 'g');
  const contents: string[] = [];
  let depth = 0;
  let start = 0;
  for (const found of xml.matchAll(tag)) {
    const [whole, closing, empty] = found;
    if (empty === '/') {
      if (depth === 0) contents.push('');
    } else if (closing === '') {
      if (depth === 0) start = found.index + whole.length;
      depth += 1;
    } else if (depth > 0) {
      depth -= 1;
      if (depth === 0) contents.push(xml.slice(start, found.index));
    }
  }
  return contents;
}

/** The text of the first element of a name, or empty. */
export function elementText(xml: string, name: string): string {
  const [content] = elementsOf(xml, name);
  return content === undefined ? '' : plainText(content);
}

export function elementTexts(xml: string, name: string): string[] {
  return elementsOf(xml, name).map(plainText);
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function plainText(content: string): string {
  return content
    .replace(/<[^<>]*>/g, '')
    .replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return ownValue(entities, name) ?? whole;
      const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    })
    .replace(/\s+/g, ' ')
    .trim();
}
