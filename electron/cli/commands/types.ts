import type { Command, Run } from '../run.ts';
import { sections, table } from '../tables.ts';

/** Takes up the definitions of a folder that the user names. */
export async function useTypes(run: Run, folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  await run.call((client, signal) => client.documentTypes.use({ folder: run.path(folder) }, { signal }));
}

export const types: Command<{ readonly types?: string }> = async (run, [name], options) => {
  await useTypes(run, options.types);
  if (name !== undefined) {
    const value = await run.call((client, signal) => client.documentTypes.blank({ class: name }, { signal }));
    return { value, text: () => JSON.stringify(value, null, 2) };
  }
  const value = await run.call((client, signal) => client.documentTypes.list(undefined, { signal }));
  const text = () =>
    sections(
      table(
        ['Class', 'Descends from', 'Depends on', 'Note'],
        value.types.map((type) => [
          type.class,
          type.parents.join(', '),
          type.dependencies.join(', '),
          [type.checked ? '' : 'NDI cannot check it', type.folder ?? ''].filter((note) => note !== '').join('; '),
        ]),
      ),
      value.problems.map(({ path, why }) => `Left out ${path}: ${why}`).join('\n'),
    );
  return { value, text };
};
