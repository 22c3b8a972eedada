import { entry, last } from '../entry.ts';
/** Nodes in order of their distance; among equal ones that of the smaller rank comes first. A node may lie in it twice. */
export class NodeHeap {
  readonly #nodes: number[] = [];
  readonly #keys: number[] = [];
  #ranks = new Int32Array(0);

  /** Empties it. @param ranks by node */
  startWith(ranks: Int32Array<ArrayBuffer>): void {
    this.#nodes.length = 0;
    this.#keys.length = 0;
    this.#ranks = ranks;
  }

  get size(): number {
    return this.#nodes.length;
  }

  get smallestKey(): number {
    return this.#keys[0] ?? Infinity;
  }

  push(node: number, key: number): void {
    const [nodes, keys] = [this.#nodes, this.#keys];
    let at = nodes.length;
    nodes.push(node);
    keys.push(key);
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#before(node, key, parent)) break;
      nodes[at] = entry(nodes, parent);
      keys[at] = entry(keys, parent);
      at = parent;
    }
    nodes[at] = node;
    keys[at] = key;
  }

  /** Takes the nearest node out. */
  pop(): { node: number; key: number } {
    const [nodes, keys] = [this.#nodes, this.#keys];
    const top = { node: entry(nodes, 0), key: entry(keys, 0) };
    const [node, key] = [last(nodes), last(keys)];
    nodes.pop();
    keys.pop();
    const size = nodes.length;
    if (size > 0) {
      let at = 0;
      for (;;) {
        let child = 2 * at + 1;
        if (child >= size) break;
        if (child + 1 < size && this.#before(entry(nodes, child + 1), entry(keys, child + 1), child)) child += 1;
        if (!this.#before(entry(nodes, child), entry(keys, child), -1, node, key)) break;
        nodes[at] = entry(nodes, child);
        keys[at] = entry(keys, child);
        at = child;
      }
      nodes[at] = node;
      keys[at] = key;
    }
    return top;
  }

  #before(
    node: number,
    key: number,
    at: number,
    otherNode = entry(this.#nodes, at),
    otherKey = entry(this.#keys, at),
  ): boolean {
    return key < otherKey || (key === otherKey && entry(this.#ranks, node) < entry(this.#ranks, otherNode));
  }
}
