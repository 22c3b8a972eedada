/** An element of a configuration: its name, attributes and children; text between elements is not kept. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
}

/** Where a text stops being XML. */
export class XmlFault extends Error {
  readonly at: number;
  constructor(what: string, at: number) {
    super(what);
    this.at = at;
  }
}

const MAX_DEPTH = 64;
const name = String.raw`[A-Za-z_][\w.:-]*`;
const tagForm = new RegExp(String.raw`<(/?)(${name})((?:\s+${name}\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(/?)>`, 'y');
const attributeForm = new RegExp(String.raw`(${name})\s*=\s*(?:"([^"]*)"|'([^']*)')`, 'g');
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Elements and attributes, all that a configuration of Trodes needs. More patient than a validating parser within
 * attribute values, where Trodes writes paths as they are; as strict about tags and how they nest.
 *
 * @throws XmlFault
 */
export function parseXml(text: string): XmlElement {
  const root = { name: '', attributes: new Map<string, string>(), children: [] as XmlElement[] };
  const open = [root];
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    const skipped = endOfAside(text, at);
    if (skipped !== null) {
      at = skipped;
      continue;
    }
    tagForm.lastIndex = at;
    const tag = tagForm.exec(text);
    if (tag === null) throw new XmlFault('a tag is not well-formed', at);
    const [whole, closing, tagName = '', attributes = '', empty] = tag;
    const top = open.at(-1) ?? root;
    if (closing) {
      if (open.length === 1 || top.name !== tagName) throw new XmlFault(`</${tagName}> closes nothing`, at);
      open.pop();
    } else {
      const element = { name: tagName, attributes: readAttributes(attributes), children: [] };
      top.children.push(element);
      if (!empty) open.push(element);
      if (open.length > MAX_DEPTH) throw new XmlFault('elements are nested too deeply', at);
    }
    at += whole.length;
  }
  const [only] = root.children;
  if (open.length > 1) throw new XmlFault(`<${open.at(-1)?.name}> is not closed`, text.length);
  if (only === undefined) throw new XmlFault('there is no element', 0);
  return only;
}

/** The end of a comment, declaration or instruction that begins here; null where none does. */
function endOfAside(text: string, at: number): number | null {
  for (const [begin, end] of [
    ['<!--', '-->'],
    ['<?', '?>'],
    ['<!', '>'],
  ] as const) {
    if (!text.startsWith(begin, at)) continue;
    const found = text.indexOf(end, at + begin.length);
    if (found < 0) throw new XmlFault(`${begin} is not closed`, at);
    return found + end.length;
  }
  return null;
}

function readAttributes(text: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, key = '', double, single] of text.matchAll(attributeForm)) {
    const value = (double ?? single ?? '').replaceAll(
      /&(amp|lt|gt|quot|apos);/g,
      (_, entity: string) => entities[entity] ?? '',
    );
    attributes.set(key, value);
  }
  return attributes;
}

/** All elements of a name below this one, in the order of the text. */
export function findAll(element: XmlElement, name: string): XmlElement[] {
  return element.children.flatMap((child) => [...(child.name === name ? [child] : []), ...findAll(child, name)]);
}

/** A number in an attribute; NaN where there is none. */
export function numberOf(element: XmlElement | undefined, attribute: string): number {
  const text = element?.attributes.get(attribute)?.trim() ?? '';
  return text === '' ? NaN : Number(text);
}
