import { parseClockType } from '../../../../shared/model/clocks.ts';
import type { JsonObject, JsonValue } from '../../../../shared/model/document-json.ts';
import { NdiError } from '../../../../shared/model/errors.ts';

/** What a parameter may be. Numbers and switches may be written as MATLAB stores them (1 for true). */
export type ParameterKind = 'text' | 'clock' | 'count' | 'switch';

/**
 * Checks the parameters of a rule: all must be there.
 * @throws NdiError time.ruleInvalid
 */
export function checkParameters(rule: string, kinds: Readonly<Record<string, ParameterKind>>, given: JsonObject): void {
  for (const [name, kind] of Object.entries(kinds)) {
    const value = given[name];
    if (value === undefined) throw badParameter(rule, name, 'it is missing');
    const why = fault(kind, value);
    if (why !== null) throw badParameter(rule, name, why);
  }
  const extra = Object.keys(given).find((name) => !Object.hasOwn(kinds, name));
  if (extra !== undefined)
    throw badParameter(rule, extra, `the rule has no such parameter (${Object.keys(kinds).join(', ')})`);
}

function fault(kind: ParameterKind, value: JsonValue): string | null {
  switch (kind) {
    case 'text':
      return typeof value === 'string' && value.trim() !== '' ? null : 'it must be a text that is not empty';
    case 'count':
      return Number.isSafeInteger(value) && Number(value) >= 1 ? null : 'it must be a whole number from 1 on';
    case 'switch':
      return typeof value === 'boolean' || value === 0 || value === 1 ? null : 'it must be true or false';
    case 'clock':
      try {
        parseClockType(typeof value === 'string' ? value : '');
        return null;
      } catch (error) {
        return error instanceof NdiError ? `${error.message} ${error.recovery}` : String(error);
      }
  }
}

function badParameter(rule: string, name: string, why: string): NdiError {
  return new NdiError({
    code: 'time.ruleInvalid',
    message: `The parameter ${name} of the sync rule ${rule} cannot be used: ${why}.`.replace('..', '.'),
    recovery: 'Correct it, or leave it out to take its default.',
    details: { rule, parameter: name },
  });
}

/** A parameter that was checked to be a text. */
export function textParameter(parameters: JsonObject, name: string): string {
  const value = parameters[name];
  return typeof value === 'string' ? value.trim() : '';
}
