import { DatabaseSync } from 'node:sqlite';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { noDocuments } from './document-numbers.ts';
import { createIndexTables } from './layout.ts';

it('is a set of documents, whatever numbers they have', () => {
  const small = fc.nat(70);
  const anyNumber = fc.oneof(small, fc.constantFrom(-3, -1, 2 ** 30, 2 ** 31, 2 ** 32 + 5, Number.MAX_SAFE_INTEGER));
  fc.assert(
    fc.property(fc.oneof(fc.array(small), fc.array(anyNumber)), fc.array(fc.nat(100)), (there, picks) => {
      const database = new DatabaseSync(':memory:');
      database.exec(createIndexTables);
      const insertion = database.prepare('INSERT OR IGNORE INTO doc (doc_idx) VALUES (?)');
      for (const docIdx of there) insertion.run(docIdx);
      const [found, wanted] = [noDocuments(database), new Set<number>()];
      for (const docIdx of picks.map((pick) => there[pick % there.length] ?? 0)) {
        expect(found.add(docIdx)).toBe(!wanted.has(docIdx));
        wanted.add(docIdx);
      }
      expect(found.size).toBe(wanted.size);
      for (const docIdx of there) expect(found.has(docIdx)).toBe(wanted.has(docIdx));
    }),
  );
});
