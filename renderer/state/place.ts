/** A session or dataset by its folder; `sessionId` where one of the sessions of a dataset is meant. */
export interface Place {
  readonly path: string;
  readonly sessionId?: string;
}
