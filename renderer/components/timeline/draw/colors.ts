import { dataColor, readToken } from '../../../style/data-colors.ts';

/** The colours of the moment, as a canvas needs them. */
export interface TimelineColors {
  readonly sunken: string;
  readonly bar: string;
  readonly edge: string;
  readonly text: string;
  readonly line: string;
  readonly accent: string;
  readonly warn: string;
  readonly ticks: string;
  /** A colour that is told as a CSS variable. */
  of(css: string): string;
}

export function readColors(): TimelineColors {
  const read = new Map<string, string>();
  const of = (css: string) => {
    const token = /^var\((--ndi-[\w-]+)\)$/.exec(css)?.[1];
    if (token === undefined) return css;
    const color = read.get(css) ?? readToken(token as `--ndi-${string}`);
    read.set(css, color);
    return color;
  };
  return {
    sunken: of('var(--ndi-surface-sunken)'),
    bar: of('var(--ndi-selected)'),
    edge: of('var(--ndi-accent)'),
    text: of('var(--ndi-text)'),
    line: of('var(--ndi-line-strong)'),
    accent: of('var(--ndi-accent)'),
    warn: of('var(--ndi-warn)'),
    ticks: of(dataColor(1)),
    of,
  };
}
