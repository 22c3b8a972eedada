/** What is seen of one channel: points of a line, in physical units; gaps are NaN. */
export interface VisibleLine {
  readonly name: string;
  readonly label: string;
  readonly units: string;
  readonly color: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}
