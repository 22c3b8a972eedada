import type { DatasetMetadata } from '../../../ndi/cloud/api/shapes.ts';
import { localRecord } from '../../../ndi/cloud/publish/cloud-metadata.ts';
import { openItem } from '../../../ndi/open-item.ts';

/** What the record of a new dataset shall say of a folder: its description, as far as it has one. */
export function describedAt(path: string): DatasetMetadata {
  const item = openItem(path);
  if (item.kind === 'none') return {};
  const holder = item.kind === 'dataset' ? item.dataset : item.session;
  try {
    return localRecord(holder);
  } finally {
    holder.close();
  }
}
