import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import type { JsonObject, JsonValue } from '../../shared/model/document-json.ts';
import { objectOf } from '../../shared/model/documents.ts';
import { valueFor } from '../ndi/documents/testing/rule-values.ts';
import { ancestorsOf, documentType, documentTypeNames } from '../ndi/documents/types.ts';
import { askPython, hasPython } from '../ndi/testing/python.ts';
import { type Action, buildProgram } from './program.ts';
import { Run } from './run.ts';

const folder = temporaryFolder('ndi-types');
const path = join(folder, 'session');
const before = process.env['NDI_DATA_FOLDER'];
const run = new Run(true, new AbortController().signal);

/** The value of a command, as `--json` prints it; the services stay open in between. */
async function ndi<T = JsonObject>(...args: string[]): Promise<T> {
  let action: Action | null = null;
  buildProgram((chosen) => (action = chosen)).parse(args, { from: 'user' });
  const answer = await (action as Action | null)?.(run);
  return answer?.value as T;
}

beforeAll(async () => {
  process.env['NDI_DATA_FOLDER'] = join(folder, 'app');
  mkdirSync(path);
  await ndi('create', path, '--reference', 'types', '--subject', 'a@lab');
});
afterAll(async () => {
  await run.close();
  if (before === undefined) delete process.env['NDI_DATA_FOLDER'];
  else process.env['NDI_DATA_FOLDER'] = before;
});

type Listed = { documents: { id: string }[] };
type Type = { class: string; checked: boolean };

/** Types whose rules and definition name different superclasses in NDI, which so stores none of them. */
const CONTRADICTORY = ['image', 'daqreader_epochdata_ingested'];
const storable = documentTypeNames.filter(
  (name) => !CONTRADICTORY.includes(name) && documentType(name).schema !== null,
);

/** What has to be given beside the defaults: every field that its rules demand, and every dependency. */
function draftOf(blank: JsonObject, name: string, subjectId: string): JsonObject {
  const draft: JsonObject = { ...blank };
  const needed = new Map<string, JsonValue>();
  for (const one of [name, ...ancestorsOf(name)]) {
    const { schema } = documentType(one);
    for (const [group, rules] of Object.entries(schema?.groups ?? {})) {
      if (group === 'base') continue;
      const fields = Object.entries(rules).map(([field, rule]) => [field, kept(blank, group, field) ?? valueFor(rule)]);
      draft[group] = Object.fromEntries(fields) as JsonObject;
    }
    for (const dependency of Object.keys(schema?.dependsOn ?? {})) needed.set(dependency, subjectId);
  }
  return { ...draft, depends_on: [...needed].map(([dependency, value]) => ({ name: dependency, value })) };
}

/** A default that fulfils its rule, where it is a text that says something. */
function kept(blank: JsonObject, group: string, field: string): JsonValue | undefined {
  const value = objectOf(blank[group])?.[field];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The first text of the class's own, or the name that every document has. */
function textField(name: string): string {
  const groups = Object.entries(documentType(name).schema?.groups ?? {});
  const own = groups.flatMap(([group, rules]) =>
    Object.entries(rules).flatMap(([field, [type, parameters = []]]) =>
      (type === 'string' || type === 'char') && typeof parameters[0] !== 'number' ? [`${group}.${field}`] : [],
    ),
  );
  return own.find((field) => !field.startsWith('base.')) ?? 'base.name';
}

const script = `
import json, os, sqlite3, sys
db = sqlite3.connect(os.path.join(sys.argv[1], '.ndi', 'did-sqlite.sqlite'))
(code,) = db.execute('SELECT json_code FROM docs WHERE doc_id = ?', (sys.argv[2],)).fetchone()
rows = db.execute('SELECT value FROM doc_data JOIN fields USING (field_idx) JOIN docs USING (doc_idx) WHERE doc_id = ? AND field_name = ?', (sys.argv[2], sys.argv[3])).fetchall()
print(json.dumps([json.loads(code), rows]))`;

const reader = join(dirname(fileURLToPath(import.meta.url)), '../services/edits/testing/read_session.py');
/** By a program that knows the tables of the reference only: what it finds wrong, and how many there are of a class. */
function readWhole(): { problems: string[]; counts: Record<string, number> } {
  const { status, stdout, stderr } = spawnSync('python3', [reader, path], { encoding: 'utf8' });
  expect(status, stderr).toBe(0);
  const { problems, counts } = JSON.parse(stdout) as ReturnType<typeof readWhole>;
  // Its folder stands beside the database for as long as a process may undo.
  return { problems: problems.filter((problem) => !/^left over: \['ndi-desktop-[^,]*'\]$/.test(problem)), counts };
}

describe.skipIf(!hasPython)('a document of every type, by the command line alone', () => {
  let subjectId = '';
  beforeAll(async () => {
    subjectId = (await ndi<Listed>('documents', path, '--class', 'subject')).documents[0]?.id ?? '';
  });

  it('covers the whole catalogue', async () => {
    const { types } = await ndi<{ types: Type[] }>('types');
    expect(types.map((one) => one.class).sort()).toEqual([...documentTypeNames].sort());
    expect(types).toHaveLength(91);
  });

  it.each(storable)('%s is made, validated, changed, read by another program, and removed', async (name) => {
    const draft = draftOf(await ndi('types', name), name, subjectId);
    const file = join(folder, `${name}.json`);
    writeFileSync(file, JSON.stringify(draft));
    const [id = ''] = (await ndi<{ ids: string[] }>('add', path, file)).ids;
    expect(await ndi('validate', path, '--id', id)).toMatchObject({ ok: true, problems: [] });
    const field = textField(name);
    await ndi('edit', path, id, `${field}="ändert sich"`);
    expect(await ndi('validate', path, '--id', id)).toMatchObject({ ok: true });
    const [stored, rows] = askPython(script, path, id, field) as [JsonObject, string[][]];
    const [group = '', leaf = ''] = field.split('.');
    const holder = stored[group];
    expect(objectOf(Array.isArray(holder) ? holder[0] : holder)?.[leaf]).toBe('ändert sich');
    expect(rows).toEqual([['ändert sich']]);
    expect(objectOf(stored['document_class'])?.['class_name']).toBe(name);
    const { problems, counts } = readWhole();
    expect(problems).toEqual([]);
    expect(counts[name]).toBe(name === 'subject' || name === 'session' ? 2 : 1);
    await ndi('remove', path, id);
    expect((await ndi<Listed>('documents', path, '--id', id)).documents).toEqual([]);
    expect(readWhole()).toEqual({ problems: [], counts: { session: 1, subject: 1 } });
  });

  it.each(documentTypeNames.filter((name) => !storable.includes(name)))(
    '%s, which NDI itself stores none of, is shown, told apart and refused with the reason',
    async (name) => {
      const blank = await ndi('types', name);
      expect(objectOf(blank['document_class'])?.['class_name']).toBe(name);
      const { types } = await ndi<{ types: Type[] }>('types');
      expect(types.find((one) => one.class === name)?.checked).toBe(CONTRADICTORY.includes(name));
      const file = join(folder, `${name}.json`);
      writeFileSync(file, JSON.stringify(draftOf(blank, name, subjectId)));
      await expect(ndi('add', path, file)).rejects.toMatchObject({ code: 'document.invalid' });
      expect(readWhole()).toEqual({ problems: [], counts: { session: 1, subject: 1 } });
    },
  );

  it('of a laboratory, defined in a folder, is no exception', async () => {
    const types = join(folder, 'lab');
    const definition = {
      ...{ class_name: 'whisker', property_list_name: 'whisker', class_version: 1 },
      definition: '$NDIDOCUMENTPATH/lab/whisker.json',
      validation: '$NDISCHEMAPATH/lab/whisker_schema.json',
      superclasses: [{ definition: '$NDIDOCUMENTPATH/base.json' }],
    };
    const rules = [{ name: 'row', type: 'char', parameters: 20, queryable: 1 }];
    const schema = { classname: 'whisker', superclasses: ['base'], depends_on: [], file: [], whisker: rules };
    const files: [string, object][] = [
      ['database_documents/lab/whisker.json', { document_class: definition, whisker: { row: 'C' } }],
      ['schema_documents/lab/whisker_schema.json', schema],
    ];
    for (const [name, content] of files) {
      mkdirSync(dirname(join(types, 'ndi_common', name)), { recursive: true });
      writeFileSync(join(types, 'ndi_common', name), JSON.stringify(content));
    }
    const file = join(folder, 'whisker.json');
    writeFileSync(file, JSON.stringify(await ndi('types', 'whisker', '--types', types)));
    const [id = ''] = (await ndi<{ ids: string[] }>('add', path, file, '--types', types)).ids;
    await expect(ndi('edit', path, id, 'whisker.row=5', '--types', types)).rejects.toMatchObject({
      code: 'document.invalid',
    });
    await ndi('edit', path, id, 'whisker.row="ändert sich"', '--types', types);
    expect(await ndi('validate', path, '--id', id, '--types', types)).toMatchObject({ ok: true });
    const [stored, rows] = askPython(script, path, id, 'whisker.row') as [JsonObject, string[][]];
    expect([stored['whisker'], rows]).toEqual([{ row: 'ändert sich' }, [['ändert sich']]]);
    await ndi('remove', path, id);
    expect(readWhole()).toEqual({ problems: [], counts: { session: 1, subject: 1 } });
  });
});
