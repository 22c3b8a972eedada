const ELLIPSIS = '…';

/**
 * A text that fits into a width by losing its middle: what tells ids apart is at the end as often as at the start.
 * Empty where not even three letters fit.
 */
export function elideMiddle(text: string, widthPx: number, measure: (text: string) => number): string {
  const whole = measure(text);
  if (whole <= widthPx) return text;
  const room = widthPx - measure(ELLIPSIS);
  let letters = Math.floor((room / whole) * text.length);
  for (; letters >= 3; letters -= 1) {
    const tail = Math.min(8, Math.ceil(letters / 2));
    const elided = `${text.slice(0, letters - tail)}${ELLIPSIS}${text.slice(text.length - tail)}`;
    if (measure(elided) <= widthPx) return elided;
  }
  return '';
}
