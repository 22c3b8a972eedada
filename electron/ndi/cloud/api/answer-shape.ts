/** The kinds of values in an answer: see `answer-shapes.generated.ts`. */
export type Shape =
  | 'text'
  | 'number'
  | 'truth'
  | 'object'
  | 'any'
  | { readonly named: string }
  | { readonly list: Shape }
  | { readonly fields: Readonly<Record<string, Shape>>; readonly needed: readonly string[] };

type Named = Readonly<Record<string, Shape>>;

/**
 * Where a value is not what its reader expects, or null. What may be missing and is of another kind is taken away:
 * servers and other clients write such things, and a list of datasets must not fail for the sake of one.
 */
export function misshapen(value: unknown, shape: Shape, named: Named, path = 'the answer'): string | null {
  if (shape === 'any') return null;
  if (typeof shape === 'string') return isOfKind(value, shape) ? null : path;
  if ('named' in shape) return misshapen(value, named[shape.named] ?? 'any', named, path);
  if ('list' in shape) {
    if (!Array.isArray(value)) return path;
    for (const [at, item] of value.entries()) {
      const wrong = misshapen(item, shape.list, named, `${path}[${at}]`);
      if (wrong !== null) return wrong;
    }
    return null;
  }
  return isObject(value) ? misshapenFields(value, shape, named, path) : path;
}

function misshapenFields(
  holder: Record<string, unknown>,
  { fields, needed }: Extract<Shape, { fields: unknown }>,
  named: Named,
  path: string,
): string | null {
  for (const name of needed) if (!Object.hasOwn(holder, name)) return `${path}.${name}`;
  for (const [name, shape] of Object.entries(fields)) {
    if (!Object.hasOwn(holder, name)) continue;
    const isNeeded = needed.includes(name);
    if (holder[name] === null && !isNeeded) continue;
    const wrong = misshapen(holder[name], shape, named, `${path}.${name}`);
    if (wrong === null) continue;
    if (isNeeded) return wrong;
    const left = typeof shape === 'object' && 'list' in shape ? wellShapen(holder[name], shape.list, named) : [];
    if (left.length > 0) holder[name] = left;
    else Reflect.deleteProperty(holder, name);
  }
  return null;
}

/** The items of a list that are what they should be; MATLAB writes a list of one as the thing itself. */
function wellShapen(value: unknown, shape: Shape, named: Named): unknown[] {
  return (Array.isArray(value) ? value : [value]).filter((item) => misshapen(item, shape, named) === null);
}

function isOfKind(value: unknown, kind: 'text' | 'number' | 'truth' | 'object'): boolean {
  if (kind === 'object') return isObject(value);
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value);
  return typeof value === (kind === 'text' ? 'string' : 'boolean');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
