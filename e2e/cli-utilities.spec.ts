import { cpSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { commandLine, type Info } from './support/command-line.ts';
import { demoSession } from './support/demo.ts';

const { folder, ndi, answer, failure } = commandLine();

async function copyOfDemo(name: string): Promise<string> {
  const path = join(folder, name);
  cpSync((await demoSession()).path, path, { recursive: true });
  return path;
}

interface Listed {
  documents: { id: string; class: string }[];
}

async function firstOf(path: string, className: string): Promise<string> {
  const { documents } = await answer<Listed>(['documents', path, '--class', className, '--limit', '1']);
  return documents[0]?.id ?? '';
}

test('sessions, documents and files are compared; summaries are exchanged', async () => {
  const [path, copy] = [await copyOfDemo('one'), await copyOfDemo('two')];
  expect(await answer(['diff', path, copy])).toMatchObject({ equal: true, counts: { mismatched: 0, files: 0 } });
  const id = await firstOf(copy, 'subject');
  await answer(['edit', copy, id, 'subject.description="another"']);
  expect(await answer(['diff', path, copy, '--no-files'])).toMatchObject({
    equal: false,
    counts: { onlyInA: 0, onlyInB: 0, mismatched: 1 },
    mismatched: [{ id, differences: [{ field: 'subject.description', b: '"another"' }] }],
  });
  expect(await answer(['diff', path, copy, '--id', id])).toMatchObject({ equal: false });
  expect(await answer(['diff', path, copy, '--id', id, '--ignore', 'base.session_id,subject.description'])).toEqual({
    equal: true,
    differences: [],
  });
  const recipe = join(folder, 'recipe.json');
  const fields = await answer<{ name: string; comparisonMethod: string }[]>([
    'diff',
    path,
    copy,
    '--id',
    id,
    '--make-recipe',
  ]);
  expect(fields.map(({ name }) => name)).toContain('subject.description');
  writeFileSync(recipe, JSON.stringify(fields.map((field) => ({ ...field, comparisonMethod: 'character exact' }))));
  expect(await answer(['diff', path, copy, '--id', id, '--recipe', recipe])).toMatchObject({
    equal: false,
    failures: [{ name: 'subject.description' }],
  });
  expect(await answer(['diff', join(path, 'truth.json'), join(copy, 'truth.json')])).toMatchObject({ equal: true });
  const out = join(folder, 'exchange');
  expect(await answer(['summary', path, '--out', out])).toMatchObject({ path: out });
  expect(readdirSync(join(out, 'jsonDocuments')).length).toBeGreaterThan(10);
  const summary = join(out, 'sessionSummary.json');
  expect(await answer(['summary', copy, '--compare', summary])).toEqual({ equal: true, differences: [] });
  expect(await failure(['summary', path, '--out', out], 5)).toMatchObject({ code: 'path.notEmpty' });
});

test('subjects are described, treatments taken in, openMINDS written, and shown as tables', async () => {
  const path = await copyOfDemo('subjects');
  const described = ['subject', path, 'ferret1@sample.lab', '--species', 'NCBITaxon:9669', '--sex', 'female'];
  expect(await answer(described)).toMatchObject({
    species: { name: 'Mustela putorius furo', term: 'NCBITaxon:9669' },
    sex: { term: 'PATO:0000383' },
  });
  const file = join(folder, 'treatments.csv');
  writeFileSync(
    file,
    'ontologyName,name,numeric_value,string_value,group\nEMPTY:1,Light,5,,1\nEMPTY:2,Duration,2,s,1\n',
  );
  const treatments = ['treatments', path, file, '--subject', 'ferret1@sample.lab'];
  expect(await answer([...treatments, '--preview'])).toMatchObject({
    rows: [{ manipulation: null }, { manipulation: 1 }],
  });
  expect(await answer<{ ids: string[] }>(treatments)).toMatchObject({ ids: [expect.any(String), expect.any(String)] });
  await answer(['metadata', path, '--set', 'title=What ferrets see']);
  await answer(['openminds', path]);
  const person = join(folder, 'person.jsonld');
  writeFileSync(person, JSON.stringify({ '@type': 'https://openminds.om-i.org/types/Person', familyName: 'Li' }));
  expect(await answer<{ ids: string[] }>(['openminds', path, person])).toMatchObject({ ids: [expect.any(String)] });
  const table = ['table', path, '--by', 'openminds', '--kind', 'Species'];
  const { columns, rows } = await answer<{ columns: string[]; rows: unknown[][] }>(table);
  expect(rows[0]?.[columns.indexOf('SpeciesOntology')]).toBe('NCBITaxon:9669');
  expect(await answer(['validate', path])).toMatchObject({ ok: true, found: 0 });
});

test('documents tell their objects, files their owners; NDI’s data are deleted and brought back', async () => {
  const path = await copyOfDemo('deleted');
  expect(await answer(['object', path, await firstOf(path, 'daqsystem')])).toMatchObject({
    kind: 'daqsystem',
    known: true,
  });
  const [uid = ''] = readdirSync(join(path, '.ndi', 'files'));
  const owner = await answer<{ document: { id: string } }>(['find-file', path, uid]);
  expect(owner.document.id).not.toBe('');
  expect(await failure(['find-file', path, 'nobody'], 3)).toMatchObject({ code: 'document.notFound' });
  expect(await failure(['delete', path], 2)).toMatchObject({ code: 'usage.invalid' });
  expect(existsSync(join(path, '.ndi'))).toBe(true);
  const { kept } = await answer<{ kept: string }>(['delete', path, '--yes']);
  expect(existsSync(kept)).toBe(true);
  expect(existsSync(join(path, '.ndi'))).toBe(false);
  await answer(['delete', path, '--undo']);
  expect((await answer<Info>(['info', path])).kind).toBe('session');
  const { text, status } = await ndi(['check', path]);
  expect([text.trim(), status]).toEqual(['No problems.', 0]);
});
