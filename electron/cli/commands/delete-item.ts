import type { ItemContent } from '../../../shared/contract/maintenance.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import type { Command } from '../run.ts';
import { facts, formatBytes } from '../tables.ts';

interface Options {
  readonly yes?: boolean;
  readonly forGood?: boolean;
  readonly undo?: boolean;
}

export const deleteItem: Command<Options> = async (run, [given = ''], { yes, forGood, undo }) => {
  const path = run.path(given);
  if (undo === true) {
    const value = await run.call((client) => client.maintenance.undelete({ path }));
    return { value, text: () => `NDI’s data are back in ${value.path}.` };
  }
  const content = await run.call((client) => client.maintenance.content({ path }));
  if (yes !== true) throw consequence(path, content);
  const { kept } = await run.callLong('Deleting', (client) =>
    client.maintenance.delete({ path, reference: content.reference, forGood: forGood === true }),
  );
  return {
    value: { ...content, kept },
    text: () =>
      facts([
        ['Deleted', `“${content.reference}”: ${content.documents} documents, ${content.files} files`],
        ['Kept', kept ?? 'nowhere'],
        ['To undo it', kept === null ? 'restore a backup' : `ndi delete ${given} --undo`],
      ]),
  };
};

function consequence(path: string, { kind, reference, documents, files, fileBytes, backups }: ItemContent): NdiError {
  return new NdiError({
    code: kind === null && reference === '' ? 'session.notFound' : 'usage.invalid',
    message:
      kind === null && reference === ''
        ? `${path} holds no NDI session or dataset.`
        : `Deleting “${reference}” takes ${documents} documents, ${files} files (${formatBytes(fileBytes)}) and ${backups} backups out of ${path}. Recordings stay.`,
    recovery: 'Add --yes if you mean it; “ndi backup” keeps a copy elsewhere. Nothing was changed.',
    details: { documents, files, fileBytes, backups },
  });
}
