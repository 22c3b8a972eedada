import { describe, expect, it } from 'vitest';
import { formatQueryLink, isAppLink, isQueryLink, parseQueryLink, type QueryLink } from './query-link.ts';
import { parseQuery } from './query-text.ts';

describe('a link to a list of documents', () => {
  const links: QueryLink[] = [
    { path: '/data/ferret 22', query: [] },
    {
      path: 'C:\\Daten\\Übung & mehr (2)',
      sessionId: '412694f69aafaba3_40dbbdf6582271b2',
      class: 'element',
      text: '"two words" 日本',
      query: parseQuery(`(base.name contains "a&b=c%'#" or isa(probe)) and not x.v >= 2.5`),
    },
  ];
  it.each(links)('comes back as it was written: $path', (link) => {
    const text = formatQueryLink(link);
    expect(isQueryLink(text)).toBe(true);
    expect(text).toMatch(/^ndi-app:\/\/documents\?[A-Za-z0-9%&=._~-]+$/);
    expect(parseQueryLink(`\n${text} `)).toEqual({
      ...{ sessionId: undefined, class: undefined, text: undefined },
      ...link,
    });
  });

  it.each([
    'ndi-app://documents?where=isa%28a%29',
    'ndi-app://documents?path=%E0%A4%A&where=',
    'ndi-app://documents?path=/a&where=frobs',
    'ndi-app://documents?',
    'ndi-app://documents?path=relative/folder',
    'ndi-app://documents?path=%00/a',
    `ndi-app://documents?path=/${'a'.repeat(40_000)}`,
  ])('that is broken is refused: %s', (text) => {
    expect(() => parseQueryLink(text)).toThrow(expect.objectContaining({ code: 'query.invalid' }));
  });

  it('is read although a program on its way has changed its beginning', () => {
    expect(parseQueryLink('NDI-APP://documents/?path=/a&class=element')).toMatchObject({
      path: '/a',
      class: 'element',
    });
  });

  it.each(['ndi-app://other?path=/a', 'ndi-app:', 'ndi-app://documents.evil?path=/a'])(
    'that leads elsewhere is refused: %s',
    (text) => {
      expect(isAppLink(text)).toBe(true);
      expect(() => parseQueryLink(text)).toThrow(expect.objectContaining({ code: 'usage.invalid' }));
    },
  );

  it('is not a path', () => {
    expect(isQueryLink('/home/me/ndi-app')).toBe(false);
    expect(isQueryLink('ndi-app://other?path=/a')).toBe(false);
  });
});
