import { btree2Records } from './btree2.ts';
import { FractalHeap } from './fractal-heap.ts';
import { messageType, type Message } from './object-header.ts';
import { structureAt, type Hdf5Cursor, type Hdf5Source } from './reader.ts';
import type { Superblock } from './superblock.ts';

/** Where a name of a group leads: to an object of the file, along a path, or out of the file. */
export type Link =
  | { readonly kind: 'hard'; readonly address: number }
  | { readonly kind: 'soft'; readonly path: string }
  | { readonly kind: 'external' };

const MAX_LINKS = 1_000_000;

/** The links of a group, by name, whichever way the file keeps them. Empty for what is no group. */
export function readLinks(source: Hdf5Source, file: Superblock, messages: readonly Message[]): Map<string, Link> {
  const links = new Map<string, Link>();
  for (const { type, body } of messages) {
    body.at = 0;
    if (type === messageType.symbolTable) readSymbolTable(source, file, body, links);
    else if (type === messageType.link) addLink(body, links);
    else if (type === messageType.linkInfo) readDenseLinks(source, file, body, links);
    if (links.size > MAX_LINKS) throw body.invalid('has too many links');
  }
  return links;
}

function readSymbolTable(source: Hdf5Source, file: Superblock, body: Hdf5Cursor, links: Map<string, Link>): void {
  const tree = body.address();
  const heap = body.address();
  if (tree === null || heap === null) return;
  const head = structureAt(source, file, heap, 8 + 2 * file.lengthSize + file.offsetSize, 'a heap of names');
  const heapBytes = head.expect('HEAP').skip(4).size();
  const data = head.skip(file.lengthSize).address();
  if (data === null) return;
  const names = structureAt(source, file, data, heapBytes, 'a heap of names');
  const seen = new Set<number>();
  const nameAt = (offset: number) => {
    names.at = 0;
    return names.skip(offset).terminated();
  };
  const visit = (address: number): void => {
    if (seen.has(address)) throw body.invalid('leads back to itself');
    seen.add(address);
    const nodeHead = structureAt(source, file, address, 8, 'a group');
    if (nodeHead.text(4) === 'SNOD') {
      readSymbols(address, nodeHead.skip(2).u16());
      return;
    }
    nodeHead.at = 0;
    const entries = nodeHead.expect('TREE').skip(2).u16();
    const bytes = entries * (file.lengthSize + file.offsetSize) + file.lengthSize;
    const node = structureAt(source, file, address + 8 + 2 * file.offsetSize, bytes, 'a group');
    for (let index = 0; index < entries; index++) {
      const child = node.skip(file.lengthSize).address();
      if (child !== null) visit(child);
    }
  };
  const readSymbols = (address: number, count: number): void => {
    const entryBytes = 2 * file.offsetSize + 24;
    const entries = structureAt(source, file, address + 8, count * entryBytes, 'a group');
    for (let index = 0; index < count; index++) {
      const entry = entries.part(entryBytes, 'an entry of a group');
      const name = nameAt(entry.number(file.offsetSize));
      const target = entry.address();
      const cached = entry.u32();
      if (cached === 2) links.set(name, { kind: 'soft', path: nameAt(entry.skip(4).u32()) });
      else if (target !== null) links.set(name, { kind: 'hard', address: target });
    }
  };
  visit(tree);
}

function readDenseLinks(source: Hdf5Source, file: Superblock, body: Hdf5Cursor, links: Map<string, Link>): void {
  const flags = body.skip(1).u8();
  if ((flags & 1) !== 0) body.skip(8);
  const heapAddress = body.address();
  const tree = body.address();
  if (heapAddress === null || tree === null) return;
  const heap = new FractalHeap(source, file, heapAddress);
  for (const record of btree2Records(source, file, tree)) {
    addLink(heap.object(record.skip(4).part(heap.idBytes, 'a link')), links);
    if (links.size > MAX_LINKS) throw body.invalid('has too many links');
  }
}

function addLink(body: Hdf5Cursor, links: Map<string, Link>): void {
  const flags = body.skip(1).u8();
  const kind = (flags & 8) !== 0 ? body.u8() : 0;
  if ((flags & 4) !== 0) body.skip(8);
  if ((flags & 16) !== 0) body.skip(1);
  const name = body.text(body.number(1 << (flags & 3)));
  if (kind === 0) {
    const address = body.address();
    if (address !== null) links.set(name, { kind: 'hard', address });
  } else if (kind === 1) links.set(name, { kind: 'soft', path: body.text(body.u16()) });
  else links.set(name, { kind: 'external' });
}
