import type { JsonObject } from '../../../../shared/model/document-json.ts';
import { NdiError } from '../../../../shared/model/errors.ts';
import { parameterFault, ruleParameters, type SyncRuleName } from '../../../../shared/model/sync-rules.ts';

/**
 * Checks the parameters of a rule: all must be there.
 * @throws NdiError time.ruleInvalid
 */
export function checkParameters(rule: SyncRuleName, given: JsonObject): void {
  const known = ruleParameters(rule);
  for (const [name, { kind }] of known) {
    const value = given[name];
    if (value === undefined) throw badParameter(rule, name, 'it is missing');
    const why = parameterFault(kind, value);
    if (why !== null) throw badParameter(rule, name, why);
  }
  const names = known.map(([name]) => name);
  const extra = Object.keys(given).find((name) => !names.includes(name));
  if (extra !== undefined) throw badParameter(rule, extra, `the rule has no such parameter (${names.join(', ')})`);
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
