import type { Command } from '../run.ts';
import { sections, table } from '../tables.ts';
import { useProfile, type ProfileOption } from './cloud-account.ts';

interface Options extends ProfileOption {
  readonly public?: boolean;
  readonly submitted?: boolean;
  readonly deleted?: boolean;
  readonly search: string;
}

interface DocumentsOptions extends ProfileOption {
  readonly isa?: string;
  readonly limit: number;
}

export const cloudDocuments: Command<DocumentsOptions> = async (run, [datasetId = ''], options) => {
  await useProfile(run, options);
  const { isa, limit } = options;
  const value = await run.call((client, signal) => client.cloud.documents({ datasetId, isa, limit }, { signal }));
  const rows = value.documents.map((one) => [one.class, one.name, one.id, one.cloudId]);
  const shown = rows.length === 0 ? 'No documents.' : table(['Class', 'Name', 'Id', 'In the cloud'], rows);
  return { value, text: () => sections(shown, `${value.total} documents.`, value.note ?? '') };
};

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
