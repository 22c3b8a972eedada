import type { Page } from '@playwright/test';

/**
 * Texts on the screen that did not pass through the translator, under the pseudo-language: every text of ours then
 * stands in ⟦brackets⟧. Numbers, units and signs are no texts, and data is marked with `translate="no"`.
 */
export function plainTexts(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const isData = (element: Element) => element.closest('[translate="no"], script, style, svg') !== null;
    const isPlain = (text: string) => {
      const ours = text.replace(/⟦[^⟧]*⟧/gu, '').replace(/\b(Ctrl|Shift|Alt|[kMGTP]?B|ms|min|s|h|AM|PM)\b/g, '');
      return /\p{L}{2,}/u.test(ours);
    };
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
      const parent = node.parentElement;
      if (parent === null || isData(parent) || parent.closest('time, output') !== null) continue;
      if (parent.checkVisibility() && isPlain(node.textContent ?? '')) found.add(node.textContent?.trim() ?? '');
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder]')) {
      // What a library measures text with, out of sight of everybody, is no text on the screen.
      if (isData(element) || element.getAttribute('aria-hidden') === 'true') continue;
      for (const name of ['aria-label', 'title', 'placeholder']) {
        const text = element.getAttribute(name);
        if (text !== null && isPlain(text)) found.add(`${name}: ${text}`);
      }
    }
    return [...found];
  });
}
