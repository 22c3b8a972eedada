import { existsSync, mkdirSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { type Action, buildProgram } from './program.ts';
import { Run } from './run.ts';

const folder = temporaryFolder('ndi-acceptance');
const before = process.env['NDI_DATA_FOLDER'];
const run = new Run(true, new AbortController().signal);

/** The value of a command, as `--json` prints it; the services stay open in between. */
async function ndi<T = unknown>(...args: string[]): Promise<T> {
  let action: Action | null = null;
  buildProgram((chosen) => (action = chosen)).parse(args, { from: 'user' });
  const answer = await (action as Action | null)?.(run);
  return answer?.value as T;
}

const at = (name: string) => join(folder, name);
type Listed = { total: number; documents: { id: string; sessionId: string }[] };
type Info = { id: string };
let ids: { dataset: string; inside: string; linked: string };

beforeAll(async () => {
  process.env['NDI_DATA_FOLDER'] = at('app');
  const make = async (name: string, ...more: string[]) => {
    mkdirSync(at(name));
    return (await ndi<Info>('create', at(name), '--reference', name, ...more)).id;
  };
  ids = {
    linked: await make('linked', '--subject', 'a@lab'),
    inside: await make('inside', '--subject', 'b@lab'),
    dataset: await make('dataset', '--dataset'),
  };
  await ndi('dataset', 'add', at('dataset'), at('linked'));
  await ndi('dataset', 'add', at('dataset'), at('inside'), '--ingest');
});
afterAll(async () => {
  await run.close();
  if (before === undefined) delete process.env['NDI_DATA_FOLDER'];
  else process.env['NDI_DATA_FOLDER'] = before;
});

it('lists the documents of a linked session of a dataset, and names a session that is not there', async () => {
  for (const [session, most] of [
    [ids.linked, 2],
    [ids.inside, 2],
    [ids.dataset, 3],
  ] as const) {
    const found = await ndi<Listed>('documents', at('dataset'), '--session', session);
    expect(found.total).toBe(most);
    expect(found.documents.every(({ sessionId }) => sessionId === session)).toBe(true);
  }
  const nobody = expect.objectContaining({ code: 'session.notFound' }) as unknown;
  await expect(ndi('documents', at('dataset'), '--session', 'nobody')).rejects.toEqual(nobody);
  await expect(ndi('documents', at('linked'), '--session', 'nobody')).rejects.toEqual(nobody);
});

// ndi-core reference, section 7.4: a dataset's search goes on in the sessions to which it links.
it('searches linked sessions after a dataset’s own documents, where it is asked to', async () => {
  const own = await ndi<Listed>('documents', at('dataset'));
  const all = await ndi<Listed>('documents', at('dataset'), '--linked');
  expect([own.total, all.total]).toEqual([5, 7]);
  expect(all.documents.slice(0, 5)).toEqual(own.documents);
  expect(all.documents.slice(5).every(({ sessionId }) => sessionId === ids.linked)).toBe(true);
  expect((await ndi<Listed>('documents', at('dataset'), '--linked', '--isa', 'subject')).total).toBe(2);
  const six = await ndi<Listed>('documents', at('dataset'), '--linked', '--limit', '6');
  expect([six.total, six.documents]).toEqual([7, all.documents.slice(0, 6)]);
});

it('says so where the folder of a linked session is gone', async () => {
  renameSync(at('linked'), at('elsewhere'));
  try {
    const missing = expect.objectContaining({ code: 'path.missing' }) as unknown;
    await expect(ndi('documents', at('dataset'), '--session', ids.linked)).rejects.toEqual(missing);
    expect((await ndi<Listed>('documents', at('dataset'))).total).toBe(5);
  } finally {
    renameSync(at('elsewhere'), at('linked'));
  }
});

it('exports to a new file of the current folder where none is named', async () => {
  mkdirSync(at('here'));
  const current = vi.spyOn(process, 'cwd').mockReturnValue(at('here'));
  try {
    for (const name of ['inside.csv', 'inside-2.csv']) {
      const { path, documents } = await ndi<{ path: string; documents: number }>('export', at('inside'), '--to', 'csv');
      expect([path, documents]).toEqual([at(join('here', name)), 2]);
      expect(existsSync(path)).toBe(true);
    }
    expect(readdirSync(at('here')).sort()).toEqual(['inside-2.csv', 'inside.csv']);
  } finally {
    current.mockRestore();
  }
});

it('names the file whose documents cannot be added', async () => {
  for (const [text, sentence] of [
    ['{', 'JSON cannot be read'],
    ['[]', 'no document in it'],
    ['[1]', 'that is no document'],
  ] as const) {
    writeFileSync(at('given.json'), text);
    const adding = ndi('add', at('inside'), at('given.json'));
    await expect(adding).rejects.toMatchObject({ code: 'document.invalid' });
    await expect(adding).rejects.toThrow(sentence);
    await expect(adding).rejects.toThrow('given.json');
  }
  writeFileSync(at('given.json'), '{}');
  await expect(ndi('add', at('inside'), at('given.json'))).rejects.toThrow('The document is not valid');
});
