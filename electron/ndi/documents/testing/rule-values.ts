import type { JsonValue } from '../../../../shared/model/document-json.ts';
import type { DocumentSchema } from '../types.ts';

/** A value that fulfils a rule, at the edge of what is allowed where there is an edge. */
export function valueFor(rule: DocumentSchema['groups'][string][string]): JsonValue {
  const [type, parameters = []] = rule;
  const edge = typeof parameters[0] === 'number' ? parameters[0] : 0;
  const sizes = parameters.map((size) => (typeof size === 'number' ? size : 3));
  switch (type) {
    case 'integer':
    case 'double':
      return edge;
    case 'matrix':
      // With a size of 1, NDI takes any row or column, and a single number is one.
      if (sizes.includes(1)) return 1.5;
      return Array.from({ length: sizes[0] ?? 1 }, () => Array.from({ length: sizes[1] ?? 1 }, () => 1.5));
    case 'timestamp':
      return '1969-12-31T23:59:59.999Z';
    case 'structure':
      return { any: 1 };
    case 'cell':
      return ['a', 'b'];
    default:
      return type === 'did_uid' ? '412694f69ab1ee31_40dbbe31dde03ada' : 'ü';
  }
}
