/** What some answers are without, of which their readers know. */
const doubtful = new Set(['uid', 'data', 'email']);

/**
 * What an answer of NDI Cloud must be for its reader: the kinds of the values in it, and which are never missing. Ranges,
 * patterns and lists of words are left out: they change sooner than kinds do.
 */
export function answerShapes({ operations, $defs }) {
  const named = new Map();
  const shapes = operations.flatMap(({ operationId, answers }) => {
    const good = Object.entries(answers).filter(([status]) => status.startsWith('2'));
    const schemas = good.map(([, schema]) => schema);
    const [first] = schemas;
    // An answer that may be without a body says nothing that is read.
    if (first === undefined || schemas.includes(null) || isPassedOver(first)) return [];
    return [`${operationId}: ${JSON.stringify(shapeOf(first))},`];
  });
  const rows = [...named].map(([name, shape]) => `${name}: ${JSON.stringify(shape)},`);
  return `import type { Shape } from './answer-shape.ts';

/** By operation; those that are not here answer nothing that is read. */
export const answerShapes: Readonly<Record<string, Shape>> = {
${shapes.join('\n')}
};

/** Shapes that others name. */
export const namedShapes: Readonly<Record<string, Shape>> = {
${rows.join('\n')}
};
`;

  /** Words for people, and objects of which nothing is said. */
  function isPassedOver(schema) {
    return schema.$ref === '#/$defs/MessageBody' || (schema.type === 'object' && schema.properties === undefined);
  }

  function shapeOf(schema) {
    if (schema.$ref !== undefined) return namedShape(schema.$ref.split('/').pop());
    if (schema.allOf !== undefined) return joined(schema.allOf.map(resolved));
    // A list, or the one thing in it alone.
    const list = schema.oneOf?.find((one) => one.type === 'array');
    if (list !== undefined && schema.oneOf.some((one) => one.$ref !== undefined && one.$ref === list.items.$ref)) {
      return shapeOf(list);
    }
    if (schema.type === 'array') return { list: shapeOf(schema.items ?? {}) };
    if (schema.type === 'object' && schema.properties !== undefined) {
      const fields = Object.entries(schema.properties).map(([name, one]) => [name, shapeOf(one)]);
      return {
        fields: Object.fromEntries(fields.filter(([, one]) => one !== 'any')),
        needed: (schema.required ?? []).filter((name) => !doubtful.has(name)),
      };
    }
    const kinds = { string: 'text', number: 'number', integer: 'number', boolean: 'truth', object: 'object' };
    const types = [schema.type].flat().filter((type) => type !== 'null');
    return types.length === 1 ? (kinds[types[0]] ?? 'any') : 'any';
  }

  function namedShape(name) {
    // A document is told apart from what is none where it is stored, one by one.
    if (name === 'NdiDocument' || name === 'StoredDocument') return 'object';
    const schema = $defs[name];
    if (schema.type !== 'object' && schema.allOf === undefined) return shapeOf(schema);
    if (!named.has(name)) {
      named.set(name, 'any');
      named.set(name, shapeOf(schema));
    }
    return { named: name };
  }

  function resolved(schema) {
    return schema.$ref === undefined ? schema : resolved($defs[schema.$ref.split('/').pop()]);
  }

  function joined(schemas) {
    return shapeOf({
      type: 'object',
      properties: Object.assign({}, ...schemas.map((one) => one.properties)),
      required: schemas.flatMap((one) => one.required ?? []),
    });
  }
}
