/** The documents that were looked at, in order, and which of them shows now (-1: none). */
export interface VisitHistory {
  readonly ids: readonly string[];
  readonly at: number;
}

/** Older visits are forgotten. */
const VISITS_KEPT = 200;

export const noVisits: VisitHistory = { ids: [], at: -1 };

export function currentVisit({ ids, at }: VisitHistory): string | undefined {
  return ids[at];
}

/** Goes to a document; what lay ahead is forgotten, as in a browser. */
export function visit(history: VisitHistory, id: string): VisitHistory {
  if (currentVisit(history) === id) return history;
  const ids = [...history.ids.slice(0, history.at + 1), id].slice(-VISITS_KEPT);
  return { ids, at: ids.length - 1 };
}

/** Goes to a document instead of the current one: stepping through a list leaves no trail of every row. */
export function replaceVisit(history: VisitHistory, id: string): VisitHistory {
  if (history.at < 0) return visit(history, id);
  return { ids: [...history.ids.slice(0, history.at), id], at: history.at };
}

export function canStep({ ids, at }: VisitHistory, by: -1 | 1): boolean {
  return at + by >= 0 && at + by < ids.length;
}

export function step(history: VisitHistory, by: -1 | 1): VisitHistory {
  return canStep(history, by) ? { ids: history.ids, at: history.at + by } : history;
}
