import { toErrorReport } from '../../../shared/model/errors.ts';
import type { AdditionHome } from '../../../shared/contract/add-recordings.ts';
import { ndiFolder } from '../../ndi/folder.ts';
import { openItem } from '../../ndi/open-item.ts';
import { fullPath } from '../open-items.ts';
import { requireWritable } from '../writable-folder.ts';

/** Whether recordings can be added to what lies at a path: it must be a session or dataset, and be writable. */
export async function additionHome(path: string): Promise<AdditionHome> {
  const folder = fullPath(path);
  try {
    const { kind, name } = nameOf(folder);
    if (kind === null) return { kind, name, reason: 'This is no session, and no dataset.' };
    // A session gets the recordings themselves, a dataset a link to the session that is made of them.
    await requireWritable(kind === 'session' ? folder : ndiFolder(folder));
    await requireWritable(ndiFolder(folder));
    return { kind, name, reason: null };
  } catch (error) {
    return { kind: null, name: '', reason: toErrorReport(error).message };
  }
}

function nameOf(folder: string): Pick<AdditionHome, 'kind' | 'name'> {
  const item = openItem(folder);
  if (item.kind === 'none') return { kind: null, name: '' };
  const holder = item.kind === 'session' ? item.session : item.dataset;
  const name = holder.reference;
  holder.close();
  return { kind: item.kind, name };
}
