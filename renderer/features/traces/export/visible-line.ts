/** A column of what is exported: times, and a value for each. */
export interface VisibleColumn {
  readonly name: string;
  readonly units: string;
  readonly color: string;
  readonly x: readonly number[];
  readonly y: readonly (number | string)[];
}

/** What is seen of one channel: points of a line, in physical units; gaps are NaN. */
export interface VisibleLine extends VisibleColumn {
  readonly label: string;
  readonly y: readonly number[];
}
