import type { JsonObject, JsonValue } from './document-json.ts';
import { dependencies, type NdiDocument, objectOf } from './documents.ts';

/** NDI shortens long parts of column names by these pairs, one after the other, wherever they occur. */
const ABBREVIATIONS: readonly (readonly [string, string])[] = [
  ['orientation_direction_tuning', 'oridir'],
  ['significance', 'sig'],
  ['spatial_frequency', 'SF'],
  ['temporal_frequency', 'TF'],
  ['tuning_curve', 'TC'],
  ['stimulus_response_scalar', 'SRC'],
  ['orientation', 'ori'],
  ['currentfrequency_FIcurves_calc', 'FIcalc'],
  ['referenceCurrent', 'refCurrent'],
  ['input_parameters', 'input_p'],
];

/**
 * A document as one row of a table, with NDI's names of columns: `depends_on_NAME` for each dependency, then every
 * field by its dotted path, shortened. Of a list of several objects each field becomes one column that holds a list.
 */
export function tableRow(document: NdiDocument): Record<string, JsonValue> {
  const groups = Object.fromEntries(
    Object.entries(document).filter(([name]) => name !== 'files' && name !== 'depends_on'),
  );
  const columns = [
    ...dependencies(document).map(({ name, value }) => [`depends_on_${name}`, value] as const),
    ...flat(groups, ''),
  ];
  return Object.fromEntries(columns.map(([name, value]) => [abbreviate(name), value]));
}

function flat(fields: Readonly<JsonObject>, prefix: string): (readonly [string, JsonValue])[] {
  return Object.entries(fields).flatMap(([name, value]): (readonly [string, JsonValue])[] => {
    const path = `${prefix}${name}`;
    const holder = objectOf(Array.isArray(value) && value.length === 1 ? value[0] : value);
    if (holder !== null) return flat(holder, `${path}.`);
    const items = Array.isArray(value) ? value.map((item) => objectOf(item)) : [];
    if (items.length === 0 || items.includes(null)) return [[path, value]];
    const names = [...new Set(items.flatMap((item) => Object.keys(item ?? {})))];
    return names.map((inner) => [`${path}.${inner}`, items.map((item) => item?.[inner] ?? null)]);
  });
}

function abbreviate(name: string): string {
  return ABBREVIATIONS.reduce((text, [long, short]) => text.replaceAll(long, short), name);
}
