/** Where a query is asked: everything that narrows the list besides the query itself. */
export interface QueryScope {
  readonly path: string;
  readonly class: string | undefined;
  /** Classes that there are, to be offered. */
  readonly classes: readonly string[];
  /** The same as the list's request, for counts. */
  readonly request: {
    readonly path: string;
    readonly sessionId?: string;
    readonly class?: string;
    readonly text?: string;
  };
  /** The list shows what was found elsewhere: counts of this request would mislead. */
  readonly isElsewhere: boolean;
}
