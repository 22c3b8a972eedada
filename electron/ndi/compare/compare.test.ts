import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { withFile } from '../../../shared/model/document-files.ts';
import { documentId, normaliseDocument, withDependency, withValues } from '../../../shared/model/documents.ts';
import { copyItem } from '../copy-session.ts';
import { createSession } from '../create-session.ts';
import { newDocument } from '../documents/build.ts';
import { openSession } from '../session.ts';
import { cleanUp, temporaryFolder } from '../testing/folders.ts';
import { compareByRecipe, recipeOf } from './compare-by-recipe.ts';
import { documentDifferences } from './compare-documents.ts';
import { compareFiles } from './compare-files.ts';
import { compareItems } from './compare-items.ts';
import { compareDatasetSummaries, compareSummaries } from './compare-summaries.ts';

afterAll(cleanUp);

const fields = (differences: readonly { field: string }[]) => differences.map(({ field }) => field);

describe('comparing documents', () => {
  const one = withDependency(newDocument('demoNDI', { 'demoNDI.value': 1 }), 'item1', 'a');

  it('knows no order of dependencies and files, and not whose session they are', () => {
    const a = { ...withDependency(one, 'item2', 'b'), files: { file_list: ['x', 'y'] } };
    const b = {
      ...withValues(a, { 'base.session_id': '412694f69aafaba3_40dbbdf6582271b2' }),
      depends_on: [
        { name: 'item2', value: 'b' },
        { name: 'item1', value: 'a' },
      ],
      files: { file_list: ['y', 'x'], file_info: [{ name: 'x', locations: [] }] },
    };
    expect(documentDifferences(a, b)).toEqual([]);
    expect(fields(documentDifferences(a, b, []))).toEqual(['base.session_id']);
    expect(documentDifferences(one, withDependency(one, 'item1', 'c'))).toEqual([
      { field: 'depends_on.item1', a: 'a', b: 'c' },
    ]);
    expect(fields(documentDifferences(a, { ...a, files: { file_list: ['x', 'z'] } }))).toEqual(['files']);
  });

  it('takes for equal what MATLAB cannot tell apart, and nothing else', () => {
    const held = (value: never) => ({ ...one, demoNDI: { value } as never });
    const same = [
      [[5], 5],
      [[], ''],
      [null, {}],
      [true, 1],
      [Number.NaN, Number.NaN],
      [[[1, 2]], [1, 2]],
    ];
    for (const [a, b] of same) expect(documentDifferences(held(a as never), held(b as never))).toEqual([]);
    const others = [
      [5, '5'],
      [0, ''],
      [Number.NaN, null],
      [
        [1, 2],
        [2, 1],
      ],
      [1, 1 + Number.EPSILON],
    ];
    for (const [a, b] of others) {
      expect(fields(documentDifferences(held(a as never), held(b as never)))).toEqual(['demoNDI.value']);
    }
  });

  it('names the field in lists of objects', () => {
    const list = (second: string) => ({ ...one, demoNDI: { value: [{ name: 'x' }, { name: second }] } });
    expect(documentDifferences(list('y'), list('z'))).toEqual([{ field: 'demoNDI.value(2).name', a: 'y', b: 'z' }]);
  });

  it('reads a document as MATLAB writes it', () => {
    const whole = withDependency(newDocument('element_epoch', { 'element_epoch.t0_t1': [0, 1] }), 'element_id', 'x');
    const list = (value: unknown) => (Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value);
    const byMatlab = {
      ...whole,
      depends_on: list(whole['depends_on']),
      files: { file_list: ['epoch_binary_data.vhsb'] },
    };
    expect(documentDifferences(whole, normaliseDocument(byMatlab as never))).toEqual([]);
  });
});

describe('comparing files', () => {
  const folder = temporaryFolder();
  const file = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes);
    return join(folder, name);
  };

  it('counts the bytes that differ and shows the first rows', async () => {
    const bytes = Buffer.alloc(3 << 20, 7);
    const a = file('a', bytes);
    const changed = Buffer.from(bytes);
    changed[20] = 0xff;
    changed[21] = 0xfe;
    changed[(2 << 20) + 3] = 1;
    expect(await compareFiles(a, file('same', bytes))).toMatchObject({ equal: true, differingBytes: 0, rows: [] });
    const found = await compareFiles(a, file('b', Buffer.concat([changed, Buffer.from([1, 2, 3])])), { rows: 2 });
    expect(found).toMatchObject({ equal: false, sizeA: 3 << 20, sizeB: (3 << 20) + 3, differingBytes: 6 });
    expect(found.rows.map(({ offset }) => offset)).toEqual([16, 2 << 20]);
    expect(found.rows[0]).toEqual({ offset: 16, a: '07'.repeat(16), b: `07070707fffe${'07'.repeat(10)}` });
  });

  it('shows what only the longer one has, and refuses what is not there', async () => {
    const found = await compareFiles(file('none', Buffer.alloc(0)), file('two', Buffer.from([1, 2])));
    expect(found).toEqual({
      equal: false,
      sizeA: 0,
      sizeB: 2,
      differingBytes: 2,
      rows: [{ offset: 0, a: '', b: '0102' }],
    });
    await expect(compareFiles(join(folder, 'gone'), folder)).rejects.toMatchObject({ code: 'path.missing' });
  });
});

describe('comparing sessions', () => {
  const pair = async () => {
    const path = temporaryFolder();
    writeFileSync(join(path, 'raw'), 'raw bytes');
    const first = withFile(newDocument('demoNDI', { 'demoNDI.value': 1 }), 'filename1.ext', join(path, 'raw'));
    const second = newDocument('demoNDI', { 'demoNDI.value': 2 });
    createSession({ path, reference: 'demo', documents: [first, second] }).close();
    const copy = join(temporaryFolder(), 'copy');
    await copyItem(path, copy);
    return { path, copy, ids: [documentId(first), documentId(second)] as const };
  };
  const compare = async (a: string, b: string, files = true) => {
    const [one, other] = [openSession(a), openSession(b)];
    try {
      return await compareItems(one, other, { files });
    } finally {
      one.close();
      other.close();
    }
  };

  it('finds nothing between a session and its copy', async () => {
    const { path, copy } = await pair();
    expect(await compare(path, copy)).toEqual({ onlyInA: [], onlyInB: [], inBoth: 3, documents: [], files: [] });
  });

  it('names what is on one side, what differs, and whose bytes differ', async () => {
    const { path, copy, ids } = await pair();
    const [first, second] = ids;
    const changed = openSession(copy, { writable: true });
    const added = changed.addDocuments([newDocument('demoNDI', { 'demoNDI.value': 3 })]);
    changed.change({ replace: [{ id: first, edit: (stored) => withValues(stored, { 'demoNDI.value': 9 }) }] });
    changed.removeDocuments([second]);
    changed.close();
    const [stored = ''] = readdirSync(join(copy, '.ndi', 'files'));
    writeFileSync(join(copy, '.ndi', 'files', stored), 'RAW bytes');
    const found = await compare(path, copy);
    expect(found.onlyInA.map(({ id }) => id)).toEqual([second]);
    expect(found.onlyInB.map(({ id }) => id)).toEqual(added.map(documentId));
    expect(found.documents).toMatchObject([
      { entry: { id: first }, differences: [{ field: 'demoNDI.value', a: 1, b: 9 }] },
    ]);
    expect(found.files).toMatchObject([
      { entry: { id: first }, name: 'filename1.ext', comparison: { differingBytes: 3, sizeA: 9 } },
    ]);
    expect((await compare(path, copy, false)).files).toEqual([]);
  });

  it('stops when it is cancelled', async () => {
    const { path } = await pair();
    const session = openSession(path);
    const compared = compareItems(session, session, { files: true, signal: AbortSignal.abort() });
    await expect(compared).rejects.toMatchObject({ name: 'AbortError' });
    session.close();
  });
});

describe('comparing by a recipe', () => {
  const document = (value: unknown, name = 'x') =>
    ({ ...newDocument('demoNDI', { 'base.name': name }), demoNDI: { value } }) as never;
  const compare = (actual: unknown, expected: unknown, comparisonMethod: string, toleranceAmount: number | number[]) =>
    compareByRecipe(document(actual), document(expected), [
      { name: 'demoNDI.value', comparisonMethod, toleranceAmount },
    ]).map(({ why }) => why);

  it('lists what can be compared', () => {
    const names = recipeOf(document([{ a: 1 }, { a: 2 }])).map(({ name }) => name);
    expect(names).toContain('base.name');
    expect(names).toContain('demoNDI.value(2).a');
    expect(names.some((name) => /document_class|depends_on/.test(name))).toBe(false);
  });

  it.each([
    [12, 10, 'abs difference', 2, true],
    [12, 10, 'abs difference', 1, false],
    [1, 10, 'difference', 0, true],
    [11, 10, 'difference', 0.5, false],
    [11, 10, 'abs percent difference', 10, true],
    [8, 10, 'abs percent difference', 10, false],
    [0, 0, 'abs percent difference', 0, true],
    [1, 0, 'percent difference', 1e9, false],
    [0.01, 0.04, 'pValueConsistent', 0.05, true],
    [0.01, 0.06, 'pValueConsistent', 0.05, false],
    [[1, 2], [1, 3], 'abs difference', [0, 1], true],
    [[1, 2], [1, 3], 'abs difference', [1, 0], false],
    ['a', 'a', 'character exact', 0, true],
    ['a', 'A', 'character exact', 0, false],
    [1, 2, 'none', 0, true],
  ])('%j against %j by %s within %j: %s', (actual, expected, method, tolerance, passes) => {
    expect(compare(actual, expected, method, tolerance).length === 0).toBe(passes);
  });

  it('fails what cannot be compared, and refuses what is no method', () => {
    expect(compare('1', 1, 'difference', 9)).toEqual(['not both are numbers']);
    expect(compare([1, 2], 1, 'difference', 9)).toEqual(['they have different sizes']);
    expect(compare(Number.NaN, Number.NaN, 'difference', 9)).toEqual(['one of the values is no number (NaN)']);
    expect(compare(undefined, 1, 'difference', 9)).toEqual(['one document does not have the field']);
    expect(() => compare(1, 1, 'guess', 0)).toThrow('no method');
  });
});

describe('comparing summaries', () => {
  const summary = {
    reference: 'exp1',
    sessionId: 's',
    files: ['a', '.ndi', 'sessionSummary.json'],
    daqSystemNames: ['one', 'two'],
    daqSystemDetails: [{ epochNodes_daqsystem: [{ epoch_id: 'e', t0_t1: [0, 1] }] }],
    probes: [{ name: 'p', reference: 1 }],
  };

  it('passes over order, shapes, line breaks, folders and what the exchange adds', () => {
    const other = {
      ...summary,
      reference: 'exp1\n',
      files: ['.ndi', 'a'],
      daqSystemNames: ['two', 'one'],
      daqSystemDetails: {
        epochNodes_daqsystem: { t0_t1: [[0], [1]], epoch_id: 'e', underlying_epochs: { underlying: 'handle' } },
      },
      probes: { reference: 1, name: 'p' },
    };
    expect(compareSummaries(summary, other)).toEqual([]);
    expect(compareSummaries({ f: 'C:\\data\\x.rhd' }, { f: '/data/x.rhd' })).toEqual([]);
    expect(compareSummaries({ t: [null, 1] }, { t: [Number.NaN, 1] })).toEqual([]);
  });

  it('says what differs', () => {
    const other = { ...summary, reference: 'exp2', probes: [], files: ['a', '.ndi', 'b'] };
    expect(compareSummaries(summary, other)).toEqual([
      'reference differs: "exp1" and "exp2"',
      'files has 2 entries in the first and 3 in the second',
      'probes has 1 entries in the first and 0 in the second',
    ]);
    expect(compareSummaries(summary, other, ['b'])).toHaveLength(3);
    expect(compareSummaries({ a: 1 }, {})).toEqual(['a is only in the first']);
  });

  it('pairs the sessions of datasets by their ids', () => {
    const dataset = (...ids: string[]) => ({
      numSessions: ids.length,
      sessionIds: ids,
      sessionSummaries: ids.map((id) => ({ ...summary, sessionId: id })),
    });
    expect(compareDatasetSummaries(dataset('x', 'y'), dataset('y', 'x'))).toEqual([]);
    expect(compareDatasetSummaries(dataset('x'), dataset('z'))).toEqual([
      'sessionIds(1) differs: "x" and "z"',
      'session x is only in the first',
      'session z is only in the second',
    ]);
  });
});
