import { describe, expect, it } from 'vitest';
import type { DocumentSummary } from '../../../../shared/contract/documents.ts';
import { DocumentPages, PAGE_SIZE } from './document-pages.ts';

const TOTAL = 100_000;

const summary = (index: number): DocumentSummary => ({
  id: `id-${index}`,
  class: 'demoNDI',
  name: `doc_${index}`,
  sessionId: 's',
  datestamp: '2025-12-12T12:15:04.788Z',
});

function pagesOf(total: number) {
  const asked: { offset: number; signal: AbortSignal }[] = [];
  let fail = false;
  const pages = new DocumentPages((offset, limit, signal) => {
    asked.push({ offset, signal });
    if (fail) return Promise.reject(new Error('no'));
    const length = Math.max(0, Math.min(limit, total - offset));
    return Promise.resolve({ total, documents: Array.from({ length }, (_, index) => summary(offset + index)) });
  });
  return { pages, asked, failing: (now: boolean) => (fail = now) };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('DocumentPages', () => {
  it('knows nothing before the first answer, then the total and the rows of the asked pages only', async () => {
    const { pages } = pagesOf(TOTAL);
    expect(pages.state()).toEqual({ total: null, error: null, indexing: null });
    pages.need(0, 30);
    await settled();
    expect(pages.state().total).toBe(TOTAL);
    expect(pages.at(30)?.name).toBe('doc_30');
    expect(pages.at(PAGE_SIZE)).toBeUndefined();
    expect(pages.indexOf('id-30')).toBe(30);
    expect(pages.indexOf('id-99999')).toBe(-1);
  });

  it('asks for every page once and aborts those that went out of sight', async () => {
    const { pages, asked } = pagesOf(TOTAL);
    pages.need(0, 30);
    pages.need(0, 30);
    pages.need(50_000, 50_030);
    await settled();
    expect(asked.map(({ offset, signal }) => [offset, signal.aborted])).toEqual([
      [0, true],
      [50_000, false],
    ]);
    expect(pages.at(50_003)?.name).toBe('doc_50003');
    expect(pages.at(0)).toBeUndefined();
  });

  it('asks for both pages of a range that crosses a border', async () => {
    const { pages } = pagesOf(TOTAL);
    pages.need(PAGE_SIZE - 2, PAGE_SIZE + 2);
    await settled();
    expect([pages.at(PAGE_SIZE - 1)?.name, pages.at(PAGE_SIZE)?.name]).toEqual(['doc_199', 'doc_200']);
  });

  it('tells its listeners of answers and failures, and asks again', async () => {
    const { pages, failing } = pagesOf(3);
    let told = 0;
    pages.subscribe(() => (told += 1));
    failing(true);
    pages.need(0, 2);
    await settled();
    expect(pages.state().error?.code).toBe('app.unexpected');
    failing(false);
    pages.retry();
    await settled();
    expect(pages.state()).toEqual({ total: 3, error: null, indexing: null });
    expect(told).toBe(3);
  });

  it('hears nothing after it was stopped, and starts again when rows are needed', async () => {
    const { pages } = pagesOf(3);
    pages.need(0, 2);
    pages.stop();
    await settled();
    expect(pages.state().total).toBeNull();
    pages.need(0, 2);
    await settled();
    expect(pages.state().total).toBe(3);
  });
});
