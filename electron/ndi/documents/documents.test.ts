import { describe, expect, it } from 'vitest';
import {
  documentId,
  type NdiDocument,
  storedSuperclasses,
  withDependency,
  withValues,
} from '../../../shared/model/documents.ts';
import { checkValue } from './check-value.ts';
import { blankDocument, mergeDocuments, newDocument } from './build.ts';
import { checkDocuments, findBreaches } from './check.ts';
import { ancestorsOf, documentTypeNames, superclassesOf } from './types.ts';

const anyDocument = () => true;

describe('document types', () => {
  it('are all there and each gives a blank document with the groups of its ancestors', () => {
    expect(documentTypeNames).toHaveLength(91);
    for (const name of documentTypeNames) {
      const blank = blankDocument(name);
      expect(Object.keys(blank)).toEqual([...Object.keys(blank)].sort());
      expect(new Set(storedSuperclasses(blank))).toEqual(new Set(ancestorsOf(name)));
      for (const group of [name, ...ancestorsOf(name)]) expect(blank).toHaveProperty([group]);
    }
    expect(() => blankDocument('nonsense')).toThrow(expect.objectContaining({ code: 'document.invalid' }));
  });

  it('tell the ancestors that another writer left out', () => {
    const short = withValues(blankDocument('oneepoch'), {
      'document_class.superclasses': [{ definition: '$NDIDOCUMENTPATH/element_epoch.json' }],
    });
    expect(superclassesOf(short)).toEqual(['element_epoch', 'base', 'epochid']);
  });

  it.each(['stimulus_bath', 'subject', 'filenavigator', 'daqreader_ndr', 'session', 'app'])(
    '%s fulfils its own rules once its dependencies are given',
    (name) => {
      let document: NdiDocument = newDocument(name);
      for (const field of ['stimulus_element_id']) document = withDependency(document, field, 'x');
      expect(findBreaches(document, { exists: anyDocument })).toEqual([]);
    },
  );
});

describe('checking documents', () => {
  const element = (values: Record<string, number | string>) =>
    withDependency(newDocument('element', { 'element.reference': 1, ...values }), 'subject_id', 'x');

  it.each([
    [element({}), null],
    [element({ 'element.reference': 1.5 }), 'element.reference'],
    [element({ 'element.reference': '1' }), 'element.reference'],
    [element({ 'element.reference': -1 }), 'element.reference'],
    [element({ 'element.extra': 1 }), 'element'],
    [element({ 'base.datestamp': 'yesterday' }), 'base.datestamp'],
    [element({ 'base.id': 'x' }), 'base.id'],
    [newDocument('element', { 'element.reference': 1 }), 'depends_on.subject_id'],
    [withValues(element({}), { element: { name: 'x' } }), 'element'],
    [withValues(element({}), { 'document_class.superclasses': [] }), 'document_class.superclasses'],
    [withValues(element({}), { 'document_class.class_name': '' }), 'document_class.class_name'],
    [withValues(element({}), { 'document_class.class_name': 'neuron' }), 'document_class.class_name'],
    [withValues(element({}), { 'document_class.validation': '' }), null],
    [withDependency(newDocument('projectvar'), 'element_id', 'x'), 'projectvar'],
    [newDocument('syncgraph'), 'depends_on.syncrule_id'],
    [newDocument('vmspikefit'), 'document_class.validation'],
  ])('names the field that breaks a rule (%#)', (document, field) => {
    expect(findBreaches(document, { exists: anyDocument })[0]?.field ?? null).toBe(field);
  });

  it('wants dependencies to exist, in the database or in the same batch', () => {
    const subject = newDocument('subject');
    const one = withDependency(newDocument('element', { 'element.reference': 1 }), 'subject_id', documentId(subject));
    const nowhere = () => false;
    expect(findBreaches(one, { exists: nowhere })[0]?.field).toBe('depends_on.subject_id');
    checkDocuments([{ document: one }, { document: subject }], { exists: nowhere });
    expect(() => checkDocuments([{ document: subject }, { document: subject }], { exists: nowhere })).toThrow(
      expect.objectContaining({ code: 'document.duplicate' }),
    );
    expect(() => checkDocuments([{ document: one }], { exists: nowhere })).toThrow(
      /element document .* depends_on\.subject_id/,
    );
  });

  it.each<[Parameters<typeof checkValue>[0], string, Parameters<typeof checkValue>[2], boolean]>([
    [3, 'integer', [0, 5, 0], true],
    [true, 'integer', [0, 1, 0], true],
    [Number.NaN, 'integer', [0, 5, 1], false],
    [6, 'integer', [0, 5, 0], false],
    [Number.NaN, 'double', [0, 1, 1], true],
    [Number.NaN, 'double', [0, 1, 0], false],
    [Infinity, 'double', ['-Inf', 'Inf', 0], true],
    [[], 'double', [0, 1, 0, 1], true],
    [[], 'double', [0, 1, 0, 0], false],
    [true, 'double', [0, 1, 0], false],
    ['', 'matrix', ['NaN', 'NaN'], true],
    ['', 'matrix', ['NaN', 1], false],
    [[1, 2, 3], 'matrix', [1, 'NaN'], true],
    [5, 'matrix', ['NaN', 1], true],
    [
      [
        [1, 2],
        [3, 4],
      ],
      'matrix',
      ['NaN', 1],
      false,
    ],
    [
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
      'matrix',
      [2, 'NaN'],
      true,
    ],
    [[1, 2], 'matrix', [2, 'NaN'], true],
    [[1, 2, 3], 'matrix', [2, 'NaN'], false],
    [[[1, 2], [3]], 'matrix', ['NaN', 'NaN'], false],
    [['a'], 'matrix', ['NaN', 'NaN'], false],
    ['text', 'string', [], true],
    ['text', 'char', [3], false],
    [['a', 'b'], 'string', [], false],
    [1, 'string', [], false],
    ['2025-12-12T12:15:04.788Z', 'timestamp', [], true],
    ['2025-12-12 12:15:04', 'timestamp', [], false],
    ['2025-13-12T12:15:04Z', 'timestamp', [], false],
    ['', 'timestamp', [], false],
    ['412694f69ab1e1cf_c0db1c5ba8cf6bc8', 'did_uid', [], true],
    ['x', 'did_uid', [], false],
    [{ a: 1 }, 'structure', [], true],
    [[{ a: 1 }, { a: 2 }], 'structure', [], true],
    [[1], 'structure', [], false],
    [['a', 'b'], 'cell', [], true],
    [[1, 2], 'cell', [], false],
    [1, 'mystery', [], false],
  ])('%j as %s %j', (value, type, parameters, accepted) => {
    expect(checkValue(value, type, parameters) === null).toBe(accepted);
  });
});

describe('merging documents', () => {
  it('takes identity from the second and joins dependencies and files, as NDI does', () => {
    const a = newDocument('element_epoch', { 'base.name': 'mine', 'epochid.epochid': 'e' });
    const b = newDocument('app', { 'app.name': 'tool', 'base.name': 'yours' });
    const merged = mergeDocuments(withDependency(a, 'element_id', 'x'), withDependency(b, 'element_id', 'y'));
    expect(merged['base']).toEqual(b['base']);
    expect(merged['depends_on']).toEqual([{ name: 'element_id', value: 'y' }]);
    expect(merged['files']).toEqual(a['files']);
    expect(merged['app']).toEqual(b['app']);
    expect(() => mergeDocuments(a, newDocument('element_epoch'))).toThrow(/epoch_binary_data/);
  });
});
