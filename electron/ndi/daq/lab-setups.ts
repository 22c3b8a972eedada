import table from '../../../assets/lab-setups/lab-setups.json' with { type: 'json' };
import type { JsonObject } from '../../../shared/model/document-json.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { Session } from '../session.ts';
import { newRule, writeRules } from '../time/sync-documents.ts';
import { type NewDaqSystem, newDaqSystemDocuments } from './daq-systems.ts';

/** How one laboratory keeps its recordings: its DAQ systems and how their clocks are brought together. */
interface LabSetup {
  readonly systems: readonly NewDaqSystem[];
  readonly rules: readonly { readonly class: string; readonly parameters: JsonObject }[];
}

const setups = table as unknown as Readonly<Record<string, LabSetup>>;

/** Laboratories whose set-up is known, in alphabetical order, with the names of their DAQ systems. */
export const labs: readonly { readonly name: string; readonly systems: readonly string[] }[] = Object.entries(setups)
  .map(([name, { systems }]) => ({ name, systems: systems.map((system) => system.name) }))
  .sort((a, b) => (a.name < b.name ? -1 : 1));

/** @throws NdiError usage.invalid for a laboratory that is not known */
export function requireLab(name: string): LabSetup {
  const found = Object.hasOwn(setups, name) ? setups[name] : undefined;
  if (found !== undefined) return found;
  throw new NdiError({
    code: 'usage.invalid',
    message: `There is no set-up for a laboratory named "${name}".`,
    recovery: `Use one of: ${labs.map((lab) => lab.name).join(', ')}.`,
    details: { lab: name },
  });
}

/**
 * Adds the DAQ systems and sync rules of a laboratory to a new session, as NDI's `setup.lab` does: systems, the rule that
 * epochs which share two files share their time, then the laboratory's own rules.
 * @throws NdiError usage.invalid, document.*, database.*
 */
export function addLab(session: Session, name: string): void {
  const { systems, rules } = requireLab(name);
  session.addDocuments(systems.flatMap((system) => newDaqSystemDocuments(system)));
  const shared = newRule('ndi.time.syncrule.filematch', { number_fullpath_matches: 2 });
  writeRules(session, [shared, ...rules.map((rule) => newRule(rule.class, rule.parameters))]);
}
