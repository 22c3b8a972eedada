/**
 * The regions that F6 walks through, in reading order: session tree, each visible panel, status bar. A region is an
 * element with `data-region` or a panel; the focus goes to where it last was in it.
 */
const REGIONS = '[data-region], [data-panel-id]';

const lastFocus = new WeakMap<Element, HTMLElement>();

/** Remembers where the focus was in each region; returns the way to stop. */
export function rememberFocus(): () => void {
  const onFocus = (event: FocusEvent) => {
    const element = event.target;
    if (!(element instanceof HTMLElement)) return;
    const region = element.closest(REGIONS);
    if (region !== null) lastFocus.set(region, element);
  };
  document.addEventListener('focusin', onFocus);
  return () => {
    document.removeEventListener('focusin', onFocus);
  };
}

/** Moves the focus to the next (1) or previous (-1) region. */
export function focusNextRegion(step: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>(REGIONS)].filter(isShown);
  if (regions.length === 0) return;
  const at = regions.findIndex((region) => region.contains(document.activeElement));
  const next =
    regions[at === -1 ? (step === 1 ? 0 : regions.length - 1) : (at + step + regions.length) % regions.length];
  if (next !== undefined) focusIn(next);
}

export function focusRegion(name: string): void {
  const region = document.querySelector<HTMLElement>(`[data-region="${name}"]`);
  if (region !== null) focusIn(region);
}

function focusIn(region: HTMLElement): void {
  const last = lastFocus.get(region);
  const target =
    last !== undefined && region.contains(last)
      ? last
      : (region.querySelector<HTMLElement>('[data-region-focus]') ?? region);
  target.focus();
}

function isShown(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}
