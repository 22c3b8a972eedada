import {
  documentClass,
  documentName,
  type NdiDocument,
  objectOf,
  textOf,
  valueAt,
} from '../../shared/model/documents.ts';
import type { JsonValue } from '../../shared/model/document-json.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { isKnownMetadataReader } from './daq/metadata/read-metadata.ts';
import { isKnownNavigator, sameClass } from './daq/navigator.ts';
import { findReader } from './daq/readers.ts';
import { findRuleKind } from './time/rules/rule-kinds.ts';
import { ownValue } from '../../shared/model/own-value.ts';

/** The object of NDI that a document stands for: what NDI-matlab makes of it (`ndi_document2ndi_object`). */
export interface DocumentObject {
  /** `element`, `daqsystem` … */
  readonly kind: string;
  /** Class of NDI-matlab, as stored. */
  readonly className: string;
  /** Whether this application works with objects of that class; others are kept as they are. */
  readonly known: boolean;
  readonly name: string;
  /** The class's own fields that tell what it is. */
  readonly fields: readonly { readonly name: string; readonly value: JsonValue }[];
}

interface ObjectKind {
  /** Whether objects of a class are known here. */
  readonly knows: (className: string, document: NdiDocument) => boolean;
}

const oneOf =
  (...names: string[]) =>
  (className: string) =>
    names.some((name) => sameClass(name, className));
const below =
  (...names: string[]) =>
  (className: string) =>
    names.some((name) => sameClass(name, className) || className.toLowerCase().startsWith(`${name}.`));

/** Classes of documents that stand for objects, and which classes of NDI-matlab are known among them. */
const kinds: Readonly<Record<string, ObjectKind>> = {
  element: { knows: below('ndi.element', 'ndi.probe', 'ndi.neuron') },
  daqsystem: { knows: below('ndi.daq.system') },
  daqreader: { knows: (className) => findReader(className, '') !== null },
  daqreader_ndr: {
    knows: (className, document) =>
      findReader(className, textOf(valueAt(document, 'daqreader_ndr.ndr_reader_string'))) !== null,
  },
  daqmetadatareader: { knows: isKnownMetadataReader },
  filenavigator: { knows: isKnownNavigator },
  syncgraph: { knows: oneOf('ndi.time.syncgraph') },
  syncrule: { knows: (className) => findRuleKind(className) !== null },
};

/**
 * What a document stands for.
 * @throws NdiError document.invalid for a document that stands for no object
 */
export function objectOfDocument(document: NdiDocument): DocumentObject {
  const kind = documentClass(document).replace(/^ndi_document_/, '');
  const group = objectOf(document[kind]);
  const className = textOf(group?.[`ndi_${kind}_class`]);
  if (group === null || className === '') throw noObject(kind);
  const fields = Object.entries(group).filter(([name]) => name !== `ndi_${kind}_class`);
  return {
    kind,
    className,
    known: ownValue(kinds, kind)?.knows(className, document) ?? false,
    name: textOf(group['name']) || documentName(document),
    fields: fields.map(([name, value]) => ({ name, value })),
  };
}

function noObject(className: string): NdiError {
  return new NdiError({
    code: 'document.invalid',
    message: `Documents of the class ${className} stand for no object of NDI.`,
    recovery: `Those of ${Object.keys(kinds).join(', ')} do.`,
    details: { class: className },
  });
}
