import { afterAll, describe, expect, it } from 'vitest';
import type { CallInputs } from '../../../shared/contract/contract.ts';
import { documentId } from '../../../shared/model/documents.ts';
import { createSession } from '../../ndi/create-session.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import { documentTypeNames } from '../../ndi/documents/types.ts';
import { cleanUp, temporaryFolder } from '../../ndi/testing/folders.ts';
import { EditService } from '../edits/edits.ts';
import { OpenItems } from '../open-items.ts';
import { FormsService } from './forms.ts';

const items = new OpenItems();
const forms = new FormsService(items);
const edits = new EditService(items);
afterAll(() => {
  edits.close();
  items.closeAll();
  cleanUp();
});

const ferret = newDocument('subject', { 'subject.local_identifier': 'ferret1@lab.org' });
const path = temporaryFolder();
createSession({ path, reference: 'r', documents: [ferret] }).close();

type Draft = CallInputs['forms']['check']['drafts'][number];
const problemsOf = (...drafts: Draft[]) =>
  forms.check({ path, drafts }).map(({ draft, field, grade }) => `${draft} ${grade} ${field}`);

describe('forms', () => {
  it('offer every class once, the common ones first, and say which cannot be stored', () => {
    const classes = forms.classes();
    expect(classes.map((one) => one.class).sort()).toEqual([...documentTypeNames].sort());
    expect(classes.slice(0, 3).map((one) => one.class)).toEqual(['subject', 'treatment', 'measurement']);
    const obstacles = classes.filter((one) => one.obstacle !== '').map((one) => one.class);
    expect(obstacles).toEqual(expect.arrayContaining(['base', 'image', 'vmspikefit']));
    expect(obstacles).not.toContain('treatment_drug');
  });

  it('have the fields that the schema demands, not those of a definition that disagrees', () => {
    const names = (name: string) => forms.form({ class: name }).groups[0]?.fields.map((field) => field.name);
    expect(names('treatment_drug')).toContain('location_ontologyName');
    expect(names('treatment_drug')).not.toContain('location_ontologyNode');
    const { groups, dependencies } = forms.form({ class: 'treatment' });
    expect(groups.map((group) => group.name)).toEqual(['treatment', 'base']);
    expect(dependencies[0]).toEqual({ name: 'subject_id', required: true, class: 'subject', many: false });
    expect(groups[0]?.fields[0]).toMatchObject({
      path: 'treatment.ontologyName',
      term: 'one',
      nameField: 'treatment.name',
    });
  });

  it('of every class that can be stored make documents that NDI stores, once its fields are filled', async () => {
    // Each field gets a value of its type and each dependency the subject: what then fails is the form's fault.
    for (const { class: name } of forms.classes().filter((one) => one.obstacle === '')) {
      const form = forms.form({ class: name });
      const values: Record<string, unknown> = {};
      for (const group of form.groups.filter((one) => one.name !== 'base' && one.fields.length > 0)) {
        const fields = Object.fromEntries(group.fields.map((field) => [field.name, sampleOf(field)]));
        values[group.name] = group.list ? [fields] : fields;
      }
      const dependencies = Object.fromEntries(form.dependencies.map((one) => [one.name, documentId(ferret)]));
      const draft = { class: name, values, dependencies, files: [] };
      const blocking = forms.check({ path, drafts: [draft] }).filter((one) => one.grade === 'blocks');
      // Matrices of a fixed size and the rows of tables are not told by a sample of one number.
      const told = blocking.filter(({ message }) => !message.includes('numbers of size'));
      expect(told, name).toEqual([]);
    }
    const { ids } = await edits.create({
      path,
      documents: [
        {
          class: 'treatment_drug',
          values: {
            treatment_drug: {
              location_ontologyName: 'UBERON:0000033',
              location_name: 'head',
              mixture_table: '',
              administration_onset_time: '',
              administration_offset_time: '',
              administration_duration: 1,
            },
          },
          dependencies: { subject_id: documentId(ferret) },
        },
      ],
    });
    expect(ids).toHaveLength(1);
    await edits.undo({ path });
  });
});

describe('checking what is written', () => {
  const treatment = (values: Record<string, unknown>, subject = documentId(ferret)): Draft => ({
    class: 'treatment',
    values: { treatment: { ontologyName: '', name: '', numeric_value: [], string_value: '', ...values } },
    dependencies: { subject_id: subject },
  });

  it('names every field that breaks a rule, and writes nothing', () => {
    expect(problemsOf(treatment({ numeric_value: 'many', name: 5 }, 'nobody'))).toEqual([
      '0 blocks depends_on.subject_id',
      '0 blocks treatment.name',
      '0 blocks treatment.numeric_value',
    ]);
    expect(problemsOf(treatment({}))).toEqual([]);
  });

  it('advises where NDI would store what it then stumbles over', () => {
    const subject = (name: string): Draft => ({
      class: 'subject',
      values: { subject: { local_identifier: name, description: '' } },
    });
    expect(problemsOf(subject('mouse'), subject('a b@lab'), subject(''), subject('ferret1@lab.org'))).toEqual([
      '0 shouldFix subject.local_identifier',
      '1 shouldFix subject.local_identifier',
      '2 shouldFix subject.local_identifier',
      '3 shouldFix subject.local_identifier',
    ]);
    expect(problemsOf(subject('m2@lab'), subject('m2@lab'))).toEqual(['1 shouldFix subject.local_identifier']);
    expect(problemsOf(treatment({ ontologyName: 'FOO:1' }))).toEqual(['0 shouldFix treatment.ontologyName']);
    expect(problemsOf(treatment({ ontologyName: 'EMPTY:0000006' }))).toEqual([]);
  });

  it('checks changes of a stored document, its own name excepted', () => {
    const edit = (value: unknown): Draft => ({
      id: documentId(ferret),
      edits: [{ kind: 'set', path: 'subject.local_identifier', value }],
    });
    expect(problemsOf(edit('ferret1@lab.org'), edit('ferret'), edit(7))).toEqual([
      '1 shouldFix subject.local_identifier',
      '2 blocks subject.local_identifier',
      '2 shouldFix subject.local_identifier',
    ]);
  });

  it('takes a draft that cannot be made as a problem', () => {
    expect(problemsOf({ class: 'nonsense' })).toEqual(['0 blocks ']);
    expect(problemsOf({ class: 'subject', files: [{ name: 'x', location: '/x' }] })[0]).toMatch(/^0 blocks /);
  });
});

type Field = ReturnType<FormsService['form']>['groups'][number]['fields'][number];

function sampleOf({ type, min, max }: Field): unknown {
  switch (type) {
    case 'integer':
    case 'double':
      return Math.min(max ?? 1, Math.max(min ?? 1, 1));
    case 'matrix':
      return 1;
    case 'structure':
      return {};
    case 'cell':
      return [];
    case 'timestamp':
      return '2025-12-31T23:59:59Z';
    case 'did_uid':
      return documentId(ferret);
    default:
      return '';
  }
}
