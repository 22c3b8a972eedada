/** What we use of Plotly, whose strict bundle comes without types: it runs without `eval`. */
export interface Plotly {
  newPlot(element: HTMLElement, data: readonly object[], layout: object, config: object): Promise<unknown>;
  /** @returns a `data:` address */
  toImage(
    figure: { readonly data: readonly object[]; readonly layout: object },
    options: { format: 'png' | 'svg'; width: number; height: number },
  ): Promise<string>;
  purge(element: HTMLElement): void;
}

let loaded: Promise<Plotly> | undefined;

/** Loads Plotly when the first figure is asked for. */
export function loadPlotly(): Promise<Plotly> {
  loaded ??= import('plotly.js-strict-dist-min').then((module) => module.default as Plotly);
  // A failed download is tried again by the next figure.
  loaded.catch(() => {
    loaded = undefined;
  });
  return loaded;
}
