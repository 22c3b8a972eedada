import { importChoicesSchema } from '../../shared/contract/import-choices.ts';
import {
  createSessionRequestSchema,
  type CreateSessionRequest,
  type ScanResult,
} from '../../shared/contract/imports.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { type ImportChoices, noChoices } from '../../shared/model/import-plan/choices.ts';
import { applyRecipe, findRecipe, type ImportRecipe } from '../../shared/model/import-plan/recipe.ts';
import { noRecipe } from './commands/recipes.ts';
import { readGiven } from './read-text.ts';
import type { Run } from './run.ts';

export interface ChoiceOptions {
  readonly pattern?: string;
  readonly each?: boolean;
  readonly subjectLab?: string;
  readonly exclude?: readonly string[];
  readonly choices?: string;
  readonly recipe?: string;
}

export interface ReadChoices {
  readonly choices: ImportChoices;
  readonly tables: NonNullable<CreateSessionRequest['tables']>;
  readonly recipe: ImportRecipe | null;
}

/** Whether anything is said of the recordings. */
export function hasChoices({ pattern, each, subjectLab, exclude, choices, recipe }: ChoiceOptions): boolean {
  return [pattern, each, subjectLab, exclude, choices, recipe].some((option) => option !== undefined);
}

/**
 * What the options say: the recipe first, then the file of choices, then the options themselves.
 * @param found the scan that a recipe is about
 * @throws NdiError usage.invalid, path.*
 */
export async function readChoices(run: Run, options: ChoiceOptions, found: ScanResult | null): Promise<ReadChoices> {
  const recipe = options.recipe === undefined ? null : await chooseRecipe(run, options.recipe, found);
  const base =
    recipe === null || found === null ? noChoices : { ...noChoices, ...applyRecipe(recipe, found.recordings) };
  const { tables = [], ...file } = options.choices === undefined ? {} : await readFileOfChoices(run, options.choices);
  const said = {
    ...(options.pattern === undefined ? {} : { pattern: options.pattern }),
    ...(options.each === true ? { sessions: 'each' as const } : {}),
    ...(options.subjectLab === undefined ? {} : { subjectLab: options.subjectLab }),
    ...(options.exclude === undefined ? {} : { exclude: options.exclude }),
  };
  const recordings = { ...base.recordings, ...file.recordings };
  return { recipe, tables, choices: { ...base, ...file, recordings, ...said } };
}

async function chooseRecipe(run: Run, name: string, found: ScanResult | null): Promise<ImportRecipe> {
  const all = await run.call((client) => client.imports.recipes());
  const chosen = name === 'last' ? findRecipe(all, found?.recordings ?? []) : all.find((one) => one.name === name);
  if (chosen === undefined || chosen === null) throw noRecipe(name, all);
  return chosen;
}

const fileSchema = importChoicesSchema
  .partial()
  .extend({
    exclude: importChoicesSchema.shape.alone.optional(),
    tables: createSessionRequestSchema.shape.tables.optional(),
  })
  .strict();

type FileOfChoices = Partial<ImportChoices> & { readonly tables?: ReadChoices['tables'] };

async function readFileOfChoices(run: Run, file: string): Promise<FileOfChoices> {
  const text = await readGiven(run, file);
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (error) {
    throw invalid(file, error instanceof Error ? error.message : 'it is no JSON');
  }
  const parsed = fileSchema.safeParse(read);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw invalid(file, `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim());
  }
  // What the file does not say keeps what the recipe said.
  return Object.fromEntries(Object.entries(parsed.data).filter(([name]) => Object.hasOwn(read as object, name)));
}

function invalid(file: string, why: string): NdiError {
  return new NdiError({
    code: 'usage.invalid',
    message: `The choices in ${file} cannot be read: ${why}.`,
    recovery: 'Write {"merges": [[key, key]], "recordings": {key: {"device": name}}}, with keys that “ndi scan” shows.',
    details: { path: file },
  });
}
