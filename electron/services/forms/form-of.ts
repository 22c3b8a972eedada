import help from '../../../assets/document-types/help.json' with { type: 'json' };
import type { DocumentForm, FormField } from '../../../shared/contract/forms.ts';
import type { JsonValue } from '../../../shared/model/document-json.ts';
import { ancestorsOf, type DocumentSchema, documentType, findDocumentType } from '../../ndi/documents/types.ts';

const classHelp: Readonly<Record<string, string>> = help.classes;
const fieldHelp: Readonly<Record<string, string>> = help.fields;

export const helpOfClass = (name: string): string => classHelp[name] ?? '';

/** Why a class's documents cannot be stored; empty where they can. */
export function obstacleOf(name: string): string {
  const { schema, parents } = documentType(name);
  if (name === 'base') return 'It is what all other classes descend from.';
  if (schema === undefined) return 'Its definition comes without rules, so there is no form for it.';
  if (schema === null) return 'NDI itself cannot check documents of this class, so it stores none.';
  const expected = [...new Set(schema.superclasses)].sort().join();
  const actual = [...new Set([...parents, ...ancestorsOf(name)])].sort().join();
  return expected === actual ? '' : 'Its definition and its rules disagree in NDI, so none can be stored.';
}

/**
 * The form of a class: the fields that its schema and those of its ancestors demand. (Where a definition names other
 * fields than its schema, NDI stores what the schema says.)
 * @throws NdiError document.invalid for an unknown class
 */
export function formOf(name: string): DocumentForm {
  const classes = [name, ...ancestorsOf(name)];
  const schemas = classes.flatMap((one) => findDocumentType(one)?.schema ?? []);
  const { defaults } = documentType(name);
  const groups = schemas.flatMap((schema) => Object.entries(schema.groups));
  const unique = groups.filter(([group], at) => groups.findIndex(([other]) => other === group) === at);
  return {
    class: name,
    help: helpOfClass(name),
    obstacle: obstacleOf(name),
    ancestors: [...ancestorsOf(name)],
    groups: unique
      .sort(([a], [b]) => Number(a === 'base') - Number(b === 'base'))
      .map(([group, fields]) => ({
        name: group,
        list: group === name && Array.isArray(defaults),
        fields: Object.keys(fields).map((field) => formField(group, field, fields)),
      })),
    dependencies: dependenciesOf(classes, schemas),
    files: filesOf(classes, schemas),
  };
}

type Rules = DocumentSchema['groups'][string];

function formField(group: string, name: string, rules: Rules): FormField {
  const [type = 'string', parameters = []] = rules[name] ?? [];
  const isNumber = type === 'integer' || type === 'double';
  const isText = type === 'string' || type === 'char';
  const path = `${group}.${name}`;
  const text = fieldHelp[path] ?? '';
  return {
    name,
    path,
    type,
    help: text,
    default: defaultOf(group, name, type),
    min: isNumber ? limit(parameters[0]) : null,
    max: isNumber ? limit(parameters[1]) : null,
    maxLength: isText ? limit(parameters.at(-1)) : null,
    term: isText ? termOf(group, name) : null,
    nameField: isText ? nameFieldOf(group, name, rules) : null,
    long: /description|abstract|comment|mixture_table|log$/i.test(name),
  };
}

function limit(parameter: JsonValue | undefined): number | null {
  return typeof parameter === 'number' && Number.isFinite(parameter) ? parameter : null;
}

/** The definition's default where it is of the right kind; MATLAB writes an empty value of any kind as `[]` or `""`. */
function defaultOf(group: string, name: string, type: string): unknown {
  const { defaults } = findDocumentType(group) ?? { defaults: {} };
  const first = (Array.isArray(defaults) ? defaults[0] : defaults) as Record<string, JsonValue> | undefined;
  const value = first?.[name];
  const isEmpty = value === undefined || value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (!isEmpty) return value;
  if (type === 'integer') return 0;
  if (type === 'structure') return {};
  return type === 'matrix' || type === 'cell' || type === 'double' ? [] : '';
}

/** Fields that hold terms, by the names that NDI gives them. */
function termOf(group: string, name: string): FormField['term'] {
  if (group === 'position_metadata' || group === 'distance_metadata') {
    if (name === 'units') return 'one';
    if (name === 'dimensions') return 'list';
  }
  if (/ontology_?(nodes)$/i.test(name)) return 'list';
  return /ontology(_?(name|node))?(_[AB])?$/i.test(name) && !/Values/.test(name) ? 'one' : null;
}

/** `location_ontologyName` stands beside `location_name`, `ontologyName` beside `name`. */
function nameFieldOf(group: string, name: string, rules: Rules): string | null {
  if (termOf(group, name) !== 'one') return null;
  const stem = name.replace(/_?ontology_?(name|node)$/i, '');
  const found = Object.keys(rules).find((other) => other === (stem === '' ? 'name' : `${stem}_name`));
  return found === undefined ? null : `${group}.${found}`;
}

function dependenciesOf(classes: readonly string[], schemas: readonly DocumentSchema[]): DocumentForm['dependencies'] {
  const required = new Map<string, boolean>();
  for (const { dependsOn = {} } of schemas) {
    for (const [name, must] of Object.entries(dependsOn)) required.set(name, must || required.get(name) === true);
  }
  const declared = classes.flatMap((name) => findDocumentType(name)?.dependsOn ?? []);
  for (const name of declared) if (!required.has(name)) required.set(name, false);
  return [...required].map(([name, must]) => ({
    name,
    required: must,
    class: targetOf(name),
    // The schema demands a dependency that the definition has not: a set that is numbered when it is filled.
    many: !declared.includes(name),
  }));
}

const targets: Readonly<Record<string, string | null>> = {
  probe_id: 'element',
  stimulus_element_id: 'element',
  underlying_element_id: 'element',
  neuron_id: 'element',
  recipient_id: 'subject',
  donor_id: 'subject',
  manipulation_id: 'treatment',
  document_id: null,
  openminds: 'openminds',
};

/** `subject_id` -> `subject`; null where any class will do. */
function targetOf(name: string): string | null {
  if (Object.hasOwn(targets, name)) return targets[name] ?? null;
  const stem = name.replace(/_id$/, '');
  return findDocumentType(stem) === undefined ? null : stem;
}

function filesOf(classes: readonly string[], schemas: readonly DocumentSchema[]): DocumentForm['files'] {
  const required = new Map<string, boolean>();
  for (const { files = {} } of schemas) for (const [name, must] of Object.entries(files)) required.set(name, must);
  for (const name of classes.flatMap((one) => findDocumentType(one)?.files ?? [])) {
    if (!required.has(name)) required.set(name, false);
  }
  return [...required].map(([name, must]) => ({ name, required: must }));
}
