import { describe, expect, it } from 'vitest';
import { withValues } from '../../shared/model/documents.ts';
import { newDaqSystemDocuments } from './daq/daq-systems.ts';
import { objectOfDocument } from './document-objects.ts';
import { newDocument } from './documents/build.ts';
import { newProbe } from './epochs/elements.ts';

describe('the object that a document stands for', () => {
  it('is told for probes, DAQ systems and their parts', () => {
    const probe = newProbe({ name: 'ctx', reference: 2, type: 'n-trode', subjectId: 's' });
    expect(objectOfDocument(probe)).toMatchObject({
      kind: 'element',
      className: 'ndi.probe.timeseries.mfdaq',
      known: true,
      name: 'ctx',
      fields: expect.arrayContaining([{ name: 'reference', value: 2 }]) as unknown,
    });
    const parts = newDaqSystemDocuments({
      name: 'intan1',
      readerClass: 'ndi.daq.reader.mfdaq.intan',
      filePatterns: ['#.rhd'],
    });
    expect(parts.map(objectOfDocument).map(({ kind, known }) => [kind, known])).toEqual([
      ['filenavigator', true],
      ['daqreader', true],
      ['daqsystem', true],
    ]);
    const rule = newDocument('syncrule', { 'syncrule.ndi_syncrule_class': 'ndi.time.syncrule.filematch' });
    expect(objectOfDocument(rule)).toMatchObject({ kind: 'syncrule', known: true });
  });

  it('keeps the class of one that is not known, in the spelling of older data too', () => {
    const reader = newDocument('daqreader', { 'daqreader.ndi_daqreader_class': 'lab.reader.own' });
    expect(objectOfDocument(reader)).toMatchObject({ className: 'lab.reader.own', known: false });
    const old = newDocument('element', { 'element.ndi_element_class': 'ndi_element', 'element.name': 'x' });
    expect(objectOfDocument(old)).toMatchObject({ className: 'ndi_element', known: true });
    const odd = {
      ...newDocument('base'),
      constructor: { ndi_constructor_class: 'x' },
      document_class: { class_name: 'ndi_document_constructor' },
    };
    expect(objectOfDocument(odd)).toMatchObject({ className: 'x', known: false });
  });

  it('is refused for documents that stand for none', () => {
    expect(() => objectOfDocument(newDocument('subject'))).toThrow(
      expect.objectContaining({ code: 'document.invalid' }),
    );
    const blank = withValues(newDocument('element'), { 'element.ndi_element_class': '' });
    expect(() => objectOfDocument(blank)).toThrow(expect.objectContaining({ code: 'document.invalid' }));
  });
});
