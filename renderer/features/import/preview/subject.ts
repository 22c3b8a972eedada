/** Whether a text is a local identifier of a subject as NDI wants it: `name@lab`, without blanks. */
export function isSubjectIdentifier(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text);
}
