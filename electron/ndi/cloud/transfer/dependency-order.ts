export interface DependencyOrder {
  /** What others depend on comes first; documents that depend on each other follow each other. */
  readonly order: readonly string[];
  /** Documents that can never be complete, with the id that they lack, directly or through others. */
  readonly unobtainable: ReadonlyMap<string, string>;
}

/**
 * Orders documents so that each comes after those that it depends on.
 * @param documents id to the ids that it depends on
 * @param exists whether a document is already stored
 */
export function orderByDependency(
  documents: ReadonlyMap<string, readonly string[]>,
  exists: (id: string) => boolean,
): DependencyOrder {
  const unobtainable = findUnobtainable(documents, exists);
  const order: string[] = [];
  const seen = new Set<string>();
  for (const start of documents.keys()) {
    // Without recursion: chains may be as long as the dataset.
    const stack: { id: string; next: number }[] = [{ id: start, next: 0 }];
    while (stack.length > 0) {
      const top = stack.at(-1) as { id: string; next: number };
      const needs = documents.get(top.id);
      if (top.next === 0 && (seen.has(top.id) || needs === undefined || unobtainable.has(top.id))) {
        stack.pop();
        continue;
      }
      seen.add(top.id);
      const need = needs?.[top.next];
      top.next += 1;
      if (need !== undefined) stack.push({ id: need, next: 0 });
      else {
        order.push(top.id);
        stack.pop();
      }
    }
  }
  return { order, unobtainable };
}

function findUnobtainable(
  documents: ReadonlyMap<string, readonly string[]>,
  exists: (id: string) => boolean,
): Map<string, string> {
  const dependents = new Map<string, string[]>();
  const unobtainable = new Map<string, string>();
  const wave: string[] = [];
  for (const [id, needs] of documents) {
    for (const need of needs) {
      if (documents.has(need)) {
        const known = dependents.get(need);
        if (known === undefined) dependents.set(need, [id]);
        else known.push(id);
      } else if (!exists(need) && !unobtainable.has(id)) {
        unobtainable.set(id, need);
        wave.push(id);
      }
    }
  }
  for (let id = wave.pop(); id !== undefined; id = wave.pop()) {
    // What is stored already, in an older form, is there to be depended on.
    if (exists(id)) continue;
    for (const dependent of dependents.get(id) ?? []) {
      if (unobtainable.has(dependent)) continue;
      unobtainable.set(dependent, id);
      wave.push(dependent);
    }
  }
  return unobtainable;
}
