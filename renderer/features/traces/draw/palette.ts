import { dataColor, readToken } from '../../../style/data-colors.ts';

/** The colours of the moment, as a canvas needs them. */
export interface Palette {
  readonly background: string;
  readonly grid: string;
  readonly axis: string;
  readonly text: string;
  readonly missing: string;
  readonly crosshair: string;
  readonly accent: string;
  readonly good: string;
  readonly warn: string;
  readonly bad: string;
  /** CSS colours of the data, from 0. */
  readonly data: readonly string[];
}

const DATA_COLORS = 8;

/** Reads the tokens; call it again when the colour scheme changes. */
export function readPalette(): Palette {
  return {
    background: readToken('--ndi-plot-background'),
    grid: readToken('--ndi-plot-grid'),
    axis: readToken('--ndi-plot-axis'),
    text: readToken('--ndi-text'),
    missing: readToken('--ndi-plot-missing'),
    crosshair: readToken('--ndi-plot-crosshair'),
    accent: readToken('--ndi-accent'),
    good: readToken('--ndi-good'),
    warn: readToken('--ndi-warn'),
    bad: readToken('--ndi-bad'),
    data: Array.from({ length: DATA_COLORS }, (_, index) => readToken(variableOf(dataColor(index)))),
  };
}

function variableOf(value: string): `--ndi-${string}` {
  return value.slice('var('.length, -1) as `--ndi-${string}`;
}

/** A `#rrggbb` or `#rgb` colour (the build shortens them) as one opaque pixel (ABGR). Anything else is black. */
export function packColor(css: string): number {
  const long = css.replace(/^#(.)(.)(.)$/, '#$1$1$2$2$3$3');
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(long);
  if (match === null) return 0xff000000;
  const [red = 0, green = 0, blue = 0] = match.slice(1).map((digits) => Number.parseInt(digits, 16));
  return ((0xff << 24) | (blue << 16) | (green << 8) | red) >>> 0;
}
