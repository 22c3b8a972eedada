/** Letters with look-alikes, so that a pseudo-translated text stays readable while it is told from plain English. */
const LOOK_ALIKES: Readonly<Record<string, string>> = {
  a: 'á',
  b: 'ƀ',
  c: 'ç',
  d: 'ð',
  e: 'é',
  f: 'ƒ',
  g: 'ĝ',
  h: 'ĥ',
  i: 'î',
  j: 'ĵ',
  k: 'ķ',
  l: 'ļ',
  m: 'ɱ',
  n: 'ñ',
  o: 'ó',
  p: 'þ',
  q: 'ʠ',
  r: 'ŕ',
  s: 'š',
  t: 'ţ',
  u: 'û',
  v: 'ṽ',
  w: 'ŵ',
  x: 'ẋ',
  y: 'ý',
  z: 'ž',
  A: 'Á',
  B: 'Ɓ',
  C: 'Ç',
  D: 'Ð',
  E: 'É',
  F: 'Ƒ',
  G: 'Ĝ',
  H: 'Ĥ',
  I: 'Î',
  J: 'Ĵ',
  K: 'Ķ',
  L: 'Ļ',
  M: 'Ṁ',
  N: 'Ñ',
  O: 'Ó',
  P: 'Þ',
  Q: 'Ǫ',
  R: 'Ŕ',
  S: 'Š',
  T: 'Ţ',
  U: 'Û',
  V: 'Ṽ',
  W: 'Ŵ',
  X: 'Ẋ',
  Y: 'Ý',
  Z: 'Ž',
};

/** Translations are up to a third longer than English; a layout that survives this survives those. */
const STRETCH = 0.35;

/** The pseudo-translation of an English text: brackets, accents and a third more length. Placeholders stay as they are. */
export function toPseudo(english: string): string {
  const accented = english
    .split(/(\{\{[^}]*\}\})/)
    .map((part) =>
      part.startsWith('{{') ? part : part.replace(/[A-Za-z]/g, (letter) => LOOK_ALIKES[letter] ?? letter),
    )
    .join('');
  const visible = english.replace(/\{\{[^}]*\}\}/g, '').length;
  // In pieces of a word's length, since a translation would break between words too.
  const more = '~'.repeat(Math.ceil(visible * STRETCH)).replace(/~{7}(?=~)/g, '$& ');
  return `⟦${accented}${more}⟧`;
}
