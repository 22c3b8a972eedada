import { describe, expect, it } from 'vitest';
import type { NdiDocument } from '../../shared/model/documents.ts';
import { newDocument } from '../ndi/documents/build.ts';
import { cutForPage } from './cut-document.ts';

const document = (fields: object): NdiDocument => ({ ...newDocument('base'), free: fields as never });

describe('a document for the page', () => {
  it('is whole where it is of an ordinary size', () => {
    const ordinary = document({ list: new Array<number>(50_000).fill(1), text: 'x'.repeat(1_000_000) });
    expect(cutForPage(ordinary)).toEqual({ document: ordinary, cut: [] });
  });

  it('of 100 MB, of a million fields, or of a long text shows how each begins, and says of how much', () => {
    const huge = document({
      list: new Array<number>(14_500_000).fill(7),
      wide: Object.fromEntries(Array.from({ length: 200_000 }, (_, at) => [`f${at}`, at])),
      text: 'ü'.repeat(5_000_000),
      few: [1, 2],
    });
    const { document: shown, cut } = cutForPage(huge);
    expect(cut).toEqual([
      { path: 'free.list', shown: 1000, total: 14_500_000 },
      { path: 'free.wide', shown: 1000, total: 200_000 },
      { path: 'free.text', shown: 20_000, total: 5_000_000 },
    ]);
    expect(shown['base']).toEqual(huge['base']);
    expect((shown['free'] as { few: number[] }).few).toEqual([1, 2]);
    expect(JSON.stringify(shown).length).toBeLessThan(100_000);
  });

  it('of lists in lists ends, too', () => {
    const row = () => new Array<number>(2000).fill(0);
    const nested = document({ cube: Array.from({ length: 500 }, () => row()) });
    const { document: shown, cut } = cutForPage(nested);
    expect(JSON.stringify(shown).length).toBeLessThan(1_000_000);
    expect([cut[0], cut.length]).toEqual([{ path: 'free.cube.0', shown: 1000, total: 2000 }, 500]);
  });
});
