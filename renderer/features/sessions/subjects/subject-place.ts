/** The session whose subjects are meant; `sessionId` where it is one of a dataset's. */
export interface SubjectPlace {
  readonly path: string;
  readonly sessionId?: string;
}
