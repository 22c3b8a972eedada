import type { CreateSessionRequest, ScanResult } from '../../../shared/contract/imports.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { planImport } from '../../../shared/model/import-plan/plan.ts';
import { learnRecipe } from '../../../shared/model/import-plan/recipe.ts';
import { liesApart } from '../../services/imports/folders.ts';
import { describeItem, describeScan } from '../describe.ts';
import { type ChoiceOptions, hasChoices, readChoices, type ReadChoices } from '../import-choices.ts';
import { describePlan, planValue } from '../import-plan.ts';
import type { Answer, Command, Run } from '../run.ts';
import { sections, table } from '../tables.ts';

export const scan: Command<ChoiceOptions> = async (run, [folder = ''], options) => {
  const value = await scanFolder(run, folder);
  if (!hasChoices(options)) return { value, text: () => describeScan(value) };
  const { choices } = await readChoices(run, options, value);
  const plan = planImport(value.recordings, choices);
  return {
    value: { ...value, plan: planValue(plan) },
    text: () => sections(describeScan(value), describePlan(plan)),
  };
};

function scanFolder(run: Run, folder: string): Promise<ScanResult> {
  return run.callLong('Scanning', (client, signal) => client.imports.scan({ folder: run.path(folder) }, { signal }));
}

interface CreateOptions extends ChoiceOptions {
  readonly reference: string;
  readonly from?: string;
  readonly subject?: string;
  readonly dataset?: boolean;
  readonly lab?: string;
  readonly copy?: boolean;
  readonly ingest?: boolean;
  readonly remember?: string;
}

export const create: Command<CreateOptions> = async (run, [sessionDir = ''], options) => {
  if (options.dataset === true) return createDataset(run, sessionDir, options);
  const { from, subject, lab, remember } = options;
  if (
    from === undefined &&
    (hasChoices(options) || options.copy === true || options.ingest === true || remember !== undefined)
  ) {
    throw new NdiError({
      code: 'usage.invalid',
      message: 'These options are about recordings, and --from names no folder of them.',
      recovery: 'Name the folder of recordings with --from.',
    });
  }
  // The recipe and what is remembered are about the recordings that a scan finds.
  const isAboutScan = from !== undefined && (options.recipe !== undefined || remember !== undefined);
  const found = isAboutScan ? await scanFolder(run, from) : null;
  const read = await readChoices(run, options, found);
  const recordings = wayOf(options, read, await isElsewhere(run, sessionDir, options));
  const { exclude, ...choices } = read.choices;
  const value = await run.callLong('Making the session', (client, signal) =>
    client.imports.create(
      {
        sessionDir: run.path(sessionDir),
        reference: options.reference,
        recordings,
        ...(from === undefined ? {} : { from: run.path(from), exclude, choices, tables: tablesAt(run, read) }),
        ...(subject === undefined ? {} : { subject }),
        ...(lab === undefined ? {} : { lab }),
      },
      { signal },
    ),
  );
  if (found !== null && remember !== undefined) await keep(run, remember, found, read, recordings);
  return { value, text: () => describeItem(value) };
};

/** Paths of tables are as the user wrote them. */
function tablesAt(run: Run, { tables }: ReadChoices): ReadChoices['tables'] {
  return tables.map((table) => ({ ...table, file: run.path(table.file) }));
}

/** NDI finds recordings below the session's folder only: those of another folder come into it. */
async function isElsewhere(run: Run, sessionDir: string, { from, ingest }: CreateOptions): Promise<boolean> {
  return from !== undefined && ingest !== true && (await liesApart(run.path(sessionDir), run.path(from)));
}

function wayOf(
  { copy, ingest }: CreateOptions,
  { recipe }: ReadChoices,
  elsewhere: boolean,
): CreateSessionRequest['recordings'] {
  if (copy === true || elsewhere) return 'copy';
  if (ingest === true) return 'ingest';
  return recipe?.recordings ?? 'reference';
}

async function keep(
  run: Run,
  name: string,
  { recordings: found }: ScanResult,
  { choices }: ReadChoices,
  recordings: CreateSessionRequest['recordings'],
): Promise<void> {
  await run.call(async (client) => {
    const known = (await client.imports.recipes()).find((one) => one.name === name);
    const usedAt = new Date().toISOString();
    const recipe = learnRecipe(found, choices, { id: known?.id ?? crypto.randomUUID(), usedAt, recordings, name });
    await client.imports.keepRecipe(recipe);
  });
}

interface AddOptions extends ChoiceOptions {
  readonly from: string;
  readonly subject?: string;
}

export const addRecordings: Command<AddOptions> = async (run, [sessionDir = ''], options) => {
  const { from, subject, recipe } = options;
  const read = await readChoices(run, options, recipe === undefined ? null : await scanFolder(run, from));
  const { exclude, ...choices } = read.choices;
  const value = await run.callLong('Adding recordings', (client, signal) =>
    client.imports.add(
      {
        ...{ path: run.path(sessionDir), from: run.path(from), exclude, choices, tables: tablesAt(run, read) },
        ...(subject === undefined ? {} : { subject }),
      },
      { signal },
    ),
  );
  const rows = value.epochs.map(({ device, epochId }) => [device, epochId]);
  return { value, text: () => sections(value.placed ?? '', table(['Device', 'Epoch'], rows)) };
};

async function createDataset(run: Run, folder: string, options: CreateOptions): Promise<Answer> {
  if (options.from !== undefined || options.subject !== undefined) {
    throw new NdiError({
      code: 'usage.invalid',
      message: 'A dataset is made empty: --from and --subject are for sessions.',
      recovery: 'Make the session by itself, then add it with “ndi dataset add”.',
    });
  }
  const value = await run.call((client) =>
    client.datasets.create({ path: run.path(folder), reference: options.reference }),
  );
  return { value, text: () => describeItem(value) };
}

export const uncreate: Command<object> = async (run, [sessionDir = '']) => {
  const value = await run.call((client) => client.imports.undoCreate({ path: run.path(sessionDir) }));
  return { value, text: () => `Taken back: ${value.removed} files were removed, the recordings are as they were.` };
};
