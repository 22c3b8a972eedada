import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { withValues } from '../../../shared/model/documents.ts';
import { cleanUp, temporaryFolder } from '../testing/folders.ts';
import { blankDocument, newDocument } from './build.ts';
import { findBreaches } from './check.ts';
import { readLabTypes } from './lab-types.ts';
import { placeholdersOf, resolveLocation } from './locations.ts';
import { documentTypeNames, setLabTypes } from './types.ts';

afterAll(cleanUp);
afterEach(() => setLabTypes(new Map()));

function write(folder: string, files: Record<string, unknown>): string {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return folder;
}

const definition = (name: string, parents: string[], extra: Record<string, unknown> = {}) => ({
  document_class: {
    definition: `$NDIDOCUMENTPATH/lab/${name}.json`,
    validation: `$NDISCHEMAPATH/lab/${name}.json`,
    class_name: name,
    property_list_name: name,
    class_version: 2,
    superclasses: parents.map((parent) => ({ definition: `$NDIDOCUMENTPATH/${parent}.json` })),
  },
  ...extra,
});
const around = { exists: () => true };

describe('a laboratory’s own document types', () => {
  const folder = () =>
    write(temporaryFolder(), {
      'ndi_common/database_documents/lab/whisker.json': definition('whisker', ['subjectmeasurement'], {
        whisker: { length_mm: 3, row: 'C' },
        depends_on: { name: 'subject_id', value: '' },
      }),
      'ndi_common/schema_documents/lab/whisker_schema.json': `{"classname":"whisker","superclasses":["base","subjectmeasurement"],
        "depends_on":[{"name":"subject_id","mustbenotempty":1}],"file":[],
        "whisker":[{"name":"length_mm","type":"double","parameters":[0,Infinity,0],"queryable":1},{"name":"row","type":"char","parameters":1}]}`,
    });

  it('give blank documents and are checked by their schemas, as NDI’s own', () => {
    const { types, problems } = readLabTypes(folder());
    expect(problems).toEqual([]);
    setLabTypes(types);
    const blank = blankDocument('whisker');
    expect(blank['whisker']).toEqual({ length_mm: 3, row: 'C' });
    expect(blank).toHaveProperty('subjectmeasurement');
    expect(blank['document_class']).toMatchObject({ class_version: 2, property_list_name: 'whisker' });
    const document = withValues(newDocument('whisker'), { depends_on: [{ name: 'subject_id', value: 'x' }] });
    const fields = (values: Record<string, string | number>) =>
      findBreaches(withValues(document, values), around)
        .map((breach) => breach.field)
        .filter((field) => field.startsWith('whisker'));
    expect(fields({})).toEqual([]);
    expect(fields({ 'whisker.length_mm': -1, 'whisker.row': 'CC' })).toEqual(['whisker.length_mm', 'whisker.row']);
    setLabTypes(new Map());
    expect(() => blankDocument('whisker')).toThrow(expect.objectContaining({ code: 'document.invalid' }));
  });

  it('that are wrong are left out and named, one by one', () => {
    const path = write(temporaryFolder(), {
      'a.json': definition('subject', ['base']),
      'b.json': definition('lost', ['nobody'], { lost: {} }),
      'c.json': '{ half',
      'd.json': definition('unchecked', ['base']),
      'e.json': [1],
      'f.json': { ...definition('x', ['y']), document_class: { class_name: 'x', superclasses: [{ definition: 'y' }] } },
      'g.json': { document_class: { class_name: 'y', superclasses: [{ definition: 'x' }] } },
      'h.json': { document_class: { class_name: 'good', superclasses: [{ definition: 'base.json' }] }, good: { v: 1 } },
      'not-a-definition.json': { hello: 1 },
    });
    const { types, problems } = readLabTypes(path);
    expect([...types.keys()]).toEqual(['good']);
    expect(problems).toHaveLength(7);
    expect(() => readLabTypes(join(path, 'no'))).toThrow(expect.objectContaining({ code: 'path.missing' }));
    expect(documentTypeNames).toHaveLength(91);
  });

  it('are found by placeholder, by name below the folders, and by path; never by two placeholders or a URL', () => {
    const path = write(temporaryFolder(), {
      'NDIcalc-one-matlab/ndi_common/database_documents/calc/one.json': definition('one', ['base']),
      'NDIcalc-two-matlab/ndi_common/database_documents/two.json': definition('two', ['base']),
      'NDIcalc-two-matlab/ndi_common/database_documents/again/two.json': definition('two', ['base']),
    });
    const places = placeholdersOf(path);
    const found = join(path, 'NDIcalc-one-matlab/ndi_common/database_documents/calc/one.json');
    expect(resolveLocation('$NDICALCDOCUMENTPATH/calc/one.json', places)).toBe(found);
    expect(resolveLocation('$NDIDOCUMENTPATH/calc/one.json', places)).toBe(found);
    expect(resolveLocation('one', places)).toBe(found);
    expect(resolveLocation(found, places)).toBe(found);
    for (const location of [
      'two',
      'three',
      '$NDIDOCUMENTPATH/nothing.json',
      '$NDIDOCUMENTPATH/$NDISCHEMAPATH/x.json',
      'https://example.org/one.json',
      '/no/such/file.json',
    ]) {
      expect(() => resolveLocation(location, places)).toThrow(expect.objectContaining({ code: 'document.invalid' }));
    }
  });
});
