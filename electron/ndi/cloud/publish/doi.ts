import { randomInt } from 'node:crypto';

const PREFIX = '10.63884';
const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789';

/** `10.1000/abc` of a DOI in any of its spellings; empty where it is none. */
export function bareDoi(given: string): string {
  const bare = given.trim().replace(/^(doi:|https?:\/\/(dx\.)?doi\.org\/+)/i, '');
  return /^10\.\d{4,9}\/\S+$/.test(bare) ? bare : '';
}

/** A DOI as NDI makes them (cloud reference, section 16); whether it is free is for the caller to find out. */
export function newDoi(year: number): string {
  const suffix = Array.from({ length: 8 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return `${PREFIX}/ndic.${year}.${suffix}`;
}
