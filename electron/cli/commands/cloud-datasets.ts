import type { Command } from '../run.ts';
import { table } from '../tables.ts';
import { useProfile, type ProfileOption } from './cloud-account.ts';

interface Options extends ProfileOption {
  readonly public?: boolean;
  readonly submitted?: boolean;
  readonly deleted?: boolean;
  readonly search: string;
}

export const cloudDatasets: Command<Options> = async (run, _args, options) => {
  await useProfile(run, options);
  const list = options.public ? 'public' : options.submitted ? 'submitted' : options.deleted ? 'deleted' : 'mine';
  const value = await run.call((client, signal) => client.cloud.datasets({ list, search: options.search }, { signal }));
  const rows = value.datasets.map((dataset) => [
    dataset.id,
    dataset.name,
    dataset.published ? 'published' : dataset.submitted ? 'submitted' : 'draft',
    dataset.documents ?? '',
    dataset.bytes ?? '',
    dataset.updatedAt ?? '',
    dataset.linkedPath ?? '',
  ]);
  const headings = ['Id', 'Name', 'State', 'Documents', 'Bytes', 'Updated', 'Here'];
  return { value, text: () => (rows.length === 0 ? 'No datasets.' : table(headings, rows)) };
};
