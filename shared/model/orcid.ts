/**
 * The full address of an ORCID, given bare or as an address; null where its form or its check digit is wrong (ISO 7064
 * mod 11-2, the last character may be X).
 */
export function orcidAddress(given: string): string | null {
  const bare = given.trim().replace(/^https?:\/\/(www\.)?orcid\.org\//i, '');
  if (!/^\d{4}-\d{4}-\d{4}-\d{3}[\dXx]$/.test(bare)) return null;
  const digits = bare.toUpperCase().replaceAll('-', '');
  let total = 0;
  for (const digit of digits.slice(0, 15)) total = ((total + Number(digit)) * 2) % 11;
  const check = (12 - total) % 11;
  return digits.endsWith(check === 10 ? 'X' : String(check)) ? `https://orcid.org/${bare.toUpperCase()}` : null;
}
