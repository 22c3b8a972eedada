import type { components } from './types.generated.ts';

type Schemas = components['schemas'];

/** A row of a list of documents. `id` is the address on the server, `ndiId` the document's own id. */
export type DocumentRow = Schemas['DocumentRow'];
export type DatasetRow = Schemas['DatasetRow'];
export type Dataset = Schemas['Dataset'];
export type DatasetMetadata = Schemas['DatasetMetadata'];
export type FileRow = Schemas['FileRow'];
export type BulkUploadJob = Schemas['BulkUploadJob'];
export type CloudUser = Schemas['User'];
export type Organization = Schemas['Organization'];

/** MATLAB writes a list of one as the thing itself. */
export function listOf<T>(value: T | readonly T[] | null | undefined): T[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? [...(value as readonly T[])] : [value as T];
}

/** The ORCID of an author, which NDI-matlab writes under `orchid` (cloud reference, section 5.1). */
export function orcidOf(person: Schemas['Person']): string {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- others' records have it
  return (person.orcid ?? person.orchid ?? '').trim();
}

/** List rows say `id`, records `_id`. */
export function cloudIdOf(record: { readonly id?: string | undefined; readonly _id?: string | undefined }): string {
  return record.id ?? record._id ?? '';
}

/** Ids of datasets and documents on the server: 24 hexadecimal digits. */
export function isCloudId(id: string): boolean {
  return /^[0-9a-f]{24}$/.test(id);
}
