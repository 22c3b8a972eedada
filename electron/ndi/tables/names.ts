/** A term of an ontology as far as it is known on this computer; null where it is not. */
export type KnownTerms = (node: string) => Promise<{ readonly curie: string; readonly name: string } | null>;

/** NDI's name of a column for a text: words with a capital each, joined (`age at death` → `AgeAtDeath`). */
export function variableName(text: string): string {
  const words = text
    .replace(/[:-]/g, '_')
    .split(/[^A-Za-z0-9_]+/)
    .filter((word) => word !== '');
  const joined = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return joined === '' || /^[A-Za-z]/.test(joined) ? joined : `var_${joined}`;
}

/** Long parts of names that NDI shortens in its tables of documents; the longest first, so that none hides another. */
const ABBREVIATIONS = [
  ['orientation_direction_tuning', 'oridir'],
  ['currentfrequency_FIcurves_calc', 'FIcalc'],
  ['stimulus_response_scalar', 'SRC'],
  ['temporal_frequency', 'TF'],
  ['spatial_frequency', 'SF'],
  ['referenceCurrent', 'refCurrent'],
  ['input_parameters', 'input_p'],
  ['tuning_curve', 'TC'],
  ['significance', 'sig'],
  ['orientation', 'ori'],
] as const;

export function abbreviated(name: string): string {
  return ABBREVIATIONS.reduce((text, [long, short]) => text.replaceAll(long, short), name);
}
