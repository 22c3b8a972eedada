import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { dependencyValue, documentId, listOf, valueAt } from '../../shared/model/documents.ts';
import { fuzzMs, fuzzReader, fuzzSeed } from '../signal/fuzz-support.ts';
import { readTextTable } from './text-table.ts';
import { treatmentsOf } from './treatments.ts';

const folder = temporaryFolder('ndi-treatments-fuzz');
const rows = [
  ['ontologyName', 'name', 'numeric_value', 'string_value', 'group', 'notes'],
  ['EMPTY:0000117', 'Ocular dominance', '4', '', 'a', '"said ""calm"""'],
  ['UO:0000022', 'dose', '[1 2.5; -3e2]', 'mg', 'a', ''],
  ['UO:2', 'Rötung', 'NaN', 'left', 'b', 'x'],
  ['UO:3', 'saline', '', '', '', ''],
];

/** A table of treatments with each separator that is read. */
const tables = ['\t', ';', ','].map((separator, at) => {
  const path = join(folder, `${at}.csv`);
  writeFileSync(path, rows.map((cells) => cells.join(separator)).join('\r\n'));
  return path;
});

it(
  `damaged tables of treatments are read or refused (NDI_FUZZ_SEED=${fuzzSeed})`,
  () =>
    fuzzReader(tables, (path) => {
      const table = readTextTable(path);
      const documents = treatmentsOf(path, table, 's');
      expect(documents).toHaveLength(table.rows.length);
      const earlier = new Set(['']);
      for (const document of documents) {
        const numbers = listOf(valueAt(document, 'treatment.numeric_value'));
        if (!numbers.every((number) => Number.isFinite(number))) throw new Error(JSON.stringify(numbers));
        if (!earlier.has(dependencyValue(document, 'manipulation_id')))
          throw new Error('A manipulation that is not there');
        if (dependencyValue(document, 'subject_id') !== 's') throw new Error('Of another subject');
        earlier.add(documentId(document));
      }
    }),
  fuzzMs,
);
