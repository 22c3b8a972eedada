import type { Problem } from '../../../shared/contract/common.ts';
import type { ClockSpan } from '../../../shared/model/clocks.ts';
import {
  dependencyValue,
  documentId,
  type NdiDocument,
  textOf,
  valueAt,
  withDependency,
} from '../../../shared/model/documents.ts';
import type { JsonValue } from '../../../shared/model/document-json.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { probeClass } from '../../../shared/model/probe-types.ts';
import type { DocumentEntry } from '../database/document-index.ts';
import { newDocument } from '../documents/build.ts';
import { inTurns } from '../in-turns.ts';
import type { Session } from '../session.ts';
import { clockSpans } from './clock-spans.ts';

/** An element as its document describes it: a probe, a neuron, or anything derived from another element. */
export interface Element {
  readonly id: string;
  readonly className: string;
  readonly name: string;
  readonly reference: number;
  readonly type: string;
  /** Its epochs are those of the element below it. */
  readonly direct: boolean;
  readonly subjectId: string;
  /** Empty for a probe. */
  readonly underlyingId: string;
}

/** An epoch that an element stores itself. */
export interface ElementEpoch {
  readonly documentId: string;
  readonly epochId: string;
  readonly clocks: readonly ClockSpan[];
}

/** The elements of a session; without those whose reference is no number. */
export function elements(session: Session): readonly Element[] {
  return readElements(session).elements;
}

/** Elements, and what is wrong with documents of class element. */
export interface ReadElements {
  readonly elements: readonly Element[];
  readonly problems: readonly Problem[];
}

/** As {@link elements}, with what is left out: NDI knows elements by name and reference. */
export function readElements(session: Session): ReadElements {
  return together(session.documents({ isa: 'element' }).map((entry) => readElement(session, entry)));
}

/** As {@link readElements}; the process answers others meanwhile, however many there are. */
export async function readElementsInTurns(session: Session, signal?: AbortSignal): Promise<ReadElements> {
  const entries = session.documents({ isa: 'element' });
  return together(await inTurns(entries, (entry) => readElement(session, entry), signal));
}

function together(all: readonly ReadElements[]): ReadElements {
  return { elements: all.flatMap((one) => one.elements), problems: all.flatMap((one) => one.problems) };
}

function readElement(session: Session, entry: DocumentEntry): ReadElements {
  const document = session.read(entry);
  const element = elementOf(document);
  const problem = (message: string): Problem => {
    return { grade: 'shouldFix', code: 'document.invalid', message, paths: [session.path] };
  };
  const problems: Problem[] = [];
  const direct = valueAt(document, 'element.direct');
  // As NDI-matlab refuses to make an object of it (ndi:element:invalidDirect).
  if (typeof direct === 'string' && !/^(true|false)$/i.test(direct) && !isNumeral(direct)) {
    problems.push(
      problem(
        `The element ${elementName(element)} says “${direct}” of whether it is direct, which must be true or false: NDI refuses it, here it counts as not direct.`,
      ),
    );
  }
  if (Number.isFinite(element.reference)) return { elements: [element], problems };
  const { id, name } = element;
  problems.push(problem(`The element "${name}" (${id}) is left out: its reference is no number.`));
  return { elements: [], problems };
}

function elementOf(document: NdiDocument): Element {
  const field = (name: string) => valueAt(document, `element.${name}`);
  return {
    id: documentId(document),
    className: textOf(field('ndi_element_class')),
    name: textOf(field('name')),
    reference: Number(field('reference') ?? Number.NaN),
    type: textOf(field('type')),
    direct: isTrue(field('direct')),
    subjectId: dependencyValue(document, 'subject_id'),
    underlyingId: dependencyValue(document, 'underlying_element_id'),
  };
}

/** Stored as number, logical value or text (`1`, `true`). */
function isTrue(value: JsonValue | undefined): boolean {
  return (
    value === true ||
    (typeof value === 'number' && value !== 0) ||
    (typeof value === 'string' && (/^true$/i.test(value) || (isNumeral(value) && Number(value) !== 0)))
  );
}

const isNumeral = (text: string): boolean => text.trim() !== '' && Number.isFinite(Number(text));

/** `unit1 | 1`, as NDI writes it. */
export const elementName = ({ name, reference }: { name: string; reference: number }) => `${name} | ${reference}`;

/** Probes are elements whose class says so. */
export const isProbe = (element: Element): boolean => /probe/i.test(element.className);

/** Epochs that an element stores itself, in database order; empty for a direct one. */
export function elementEpochs(session: Session, element: Element): ElementEpoch[] {
  const entries = session.documents({ isa: 'element_epoch', dependsOn: { name: 'element_id', id: element.id } });
  return entries.map((entry) => {
    const document = session.read(entry);
    const names = valueAt(document, 'element_epoch.epoch_clock');
    // The Python port writes a list of names and a pair a clock, MATLAB one text and two rows.
    const layout = Array.isArray(names) ? 'pairs' : 'rows';
    return {
      documentId: entry.id,
      epochId: textOf(valueAt(document, 'epochid.epochid')),
      clocks: clockSpans(names, valueAt(document, 'element_epoch.t0_t1'), layout),
    };
  });
}

/** The element document of a probe of a subject, as NDI stores it when the probe is first used. */
export function newProbe(probe: { name: string; reference: number; type: string; subjectId: string }): NdiDocument {
  const document = newDocument('element', {
    'element.ndi_element_class': probeClass(probe.type) ?? 'ndi.probe',
    'element.name': probe.name,
    'element.reference': probe.reference,
    'element.type': probe.type,
    'element.direct': 1,
  });
  return withDependency(document, 'subject_id', probe.subjectId);
}

/** For elements whose underlying elements lead back to themselves. */
export function circular(element: Element): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `The element ${elementName(element)} stands on itself.`,
    recovery: 'Correct the underlying_element_id of its document.',
    details: { id: element.id },
  });
}
