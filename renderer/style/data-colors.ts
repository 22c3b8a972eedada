/** How many data colours `tokens.css` holds. */
const COUNT = 8;

/** The CSS variable of the n-th data colour (from 0, repeating): `var(--ndi-data-3)`. */
export function dataColor(index: number): string {
  return `var(--ndi-data-${(((index % COUNT) + COUNT) % COUNT) + 1})`;
}

/** A token's value at the moment, for canvases, which know no variables: `readToken('--ndi-plot-grid')`. */
export function readToken(name: `--ndi-${string}`): string {
  return getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}
