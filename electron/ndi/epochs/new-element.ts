import { withFile } from '../../../shared/model/document-files.ts';
import type { ClockSpan } from '../../../shared/model/clocks.ts';
import type { JsonValue } from '../../../shared/model/document-json.ts';
import { type NdiDocument, withDependency } from '../../../shared/model/documents.ts';
import { newDocument } from '../documents/build.ts';
import { ELEMENT_FILE } from './element-signals.ts';

/** The document of an element with epochs of its own, such as a neuron, that stands on another (`underlyingId`). */
export function newElement(element: {
  readonly name: string;
  readonly reference: number;
  /** `spikes`, ... */
  readonly type: string;
  /** `ndi.neuron`, `ndi.element.timeseries`. */
  readonly className: string;
  readonly subjectId: string;
  readonly underlyingId: string;
}): NdiDocument {
  const document = newDocument('element', {
    'base.name': element.name,
    'element.ndi_element_class': element.className,
    'element.name': element.name,
    'element.reference': element.reference,
    'element.type': element.type,
    'element.direct': 0,
  });
  const standing = withDependency(document, 'underlying_element_id', element.underlyingId);
  return withDependency(standing, 'subject_id', element.subjectId);
}

/**
 * The document of an epoch that an element holds itself.
 * @param file path of its VHSB file, which is moved into the session's file store; null for one without samples
 * @param epochIds the epochs of which it was made, where it joins several
 */
export function newElementEpoch(epoch: {
  readonly elementId: string;
  readonly epochId: string;
  readonly clocks: readonly ClockSpan[];
  readonly file: string | null;
  readonly epochIds?: readonly string[];
}): NdiDocument {
  const { epochIds = [] } = epoch;
  const document = newDocument(epochIds.length === 0 ? 'element_epoch' : 'oneepoch', {
    ...(epochIds.length === 0 ? {} : { 'oneepoch.epoch_ids': epochIds.join(',') }),
    'epochid.epochid': epoch.epochId,
    'element_epoch.epoch_clock': epoch.clocks.map(({ type }) => type).join(','),
    'element_epoch.t0_t1': extents(epoch.clocks),
  });
  const owned = withDependency(document, 'element_id', epoch.elementId);
  return epoch.file === null ? owned : withFile(owned, ELEMENT_FILE, epoch.file, { deleteOriginal: true });
}

/** A row of starts and one of ends; of one clock, the two as a list: so MATLAB writes a matrix of one column. */
function extents(clocks: readonly ClockSpan[]): JsonValue {
  const [only] = clocks;
  if (clocks.length === 1 && only !== undefined) return [only.t0, only.t1];
  return [clocks.map(({ t0 }) => t0), clocks.map(({ t1 }) => t1)];
}
