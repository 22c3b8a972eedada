/**
 * How well a query fits a text, 0 for not at all: every word of the query must be in it, at the beginning of a word
 * counting more; failing that, the query's letters in their order count least (`mss` finds "Make a sample session").
 */
export function matchScore(query: string, text: string): number {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const where = text.toLowerCase();
  if (words.length === 0) return 1;
  const scores = words.map((word) => wordScore(word, where));
  if (scores.every((score) => score > 0)) return scores.reduce((sum, score) => sum + score, 0) / scores.length;
  return inOrder(words.join(''), where) ? 0.1 : 0;
}

function wordScore(word: string, text: string): number {
  const at = text.indexOf(word);
  if (at < 0) return 0;
  if (at === 0) return 4;
  return text.includes(` ${word}`) ? 3 : 2;
}

/** Whether the letters stand at beginnings of words, in their order. */
function inOrder(letters: string, text: string): boolean {
  const initials = text.split(/[^\p{L}\p{N}]+/u).map((word) => word[0] ?? '');
  let at = 0;
  for (const initial of initials) if (initial !== '' && initial === letters[at]) at += 1;
  return at === letters.length;
}
