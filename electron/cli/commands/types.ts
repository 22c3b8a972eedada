import { paint } from '../paint.ts';
import type { Command, Run } from '../run.ts';
import { sections, table } from '../tables.ts';

/** Takes up the definitions of a folder that the user names. */
export async function useTypes(run: Run, folder: string | undefined): Promise<void> {
  if (folder === undefined) return;
  await run.call((client, signal) => client.documentTypes.use({ folder: run.path(folder) }, { signal }));
}

export const types: Command<{ readonly types?: string }> = async (run, [name], options) => {
  await useTypes(run, options.types);
  const list = await run.call((client, signal) => client.documentTypes.list(undefined, { signal }));
  if (name !== undefined) {
    const value = await run.call((client, signal) => client.documentTypes.blank({ class: name }, { signal }));
    const note = refusedFields(list.types.find((type) => type.class === name)?.issues ?? []);
    // Beside the document, which is often sent to a file.
    if (note !== '') process.stderr.write(`${paint('yellow', `Note: ${note}.`, process.stderr)}\n`);
    return { value, text: () => JSON.stringify(value, null, 2) };
  }
  const text = () =>
    sections(
      table(
        ['Class', 'Descends from', 'Depends on', 'Note'],
        list.types.map((type) => [
          type.class,
          type.parents.join(', '),
          type.dependencies.join(', '),
          [type.checked ? '' : 'NDI cannot check it', refusedFields(type.issues), type.folder ?? '']
            .filter((note) => note !== '')
            .join('; '),
        ]),
      ),
      list.problems.map(({ path, why }) => `Left out ${path}: ${why}`).join('\n'),
    );
  return { value: list, text };
};

/**
 * Fields of NDI's own definition of which its schema knows nothing: as it stands, such a document is refused.
 * @param issues as `assets/document-types/README.md` has them
 */
function refusedFields(issues: readonly string[]): string {
  const sentences = issues.flatMap((issue) => {
    const [, known = '', refused = ''] = /^fields-differ: schema-only=(\S*) definition-only=(\S*)$/.exec(issue) ?? [];
    if (refused === '') return [];
    return [
      `NDI's definition has the field ${refused}, which its schema refuses${known === '' ? '' : ` (it wants ${known})`}`,
    ];
  });
  return sentences.join('; ');
}
