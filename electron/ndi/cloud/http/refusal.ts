/** A failing answer, read whole. */
export interface Refusal {
  readonly status: number;
  readonly text: string;
  readonly code: string | null;
  readonly host: string;
  /** As it came, up to some length. */
  readonly body: string;
}
