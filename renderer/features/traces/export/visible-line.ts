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

/** Names of rows, of which no two are the same: units of two devices may both be called `unit 1`. */
export function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name} [${count}]`;
  });
}
