import { create } from 'zustand';
import { toNdiError } from '../../shared/contract/client-errors.ts';
import type { Recent } from '../../shared/contract/sessions.ts';
import type { NdiError } from '../../shared/model/errors.ts';
import { client } from './client.ts';
import { showError } from './messages.ts';

interface RecentsState {
  /** Null until the first answer. */
  readonly recents: readonly Recent[] | null;
  readonly error: NdiError | null;
}

/** What was opened lately: pinned entries first, then the latest. */
export const useRecents = create<RecentsState>()(() => ({ recents: null, error: null }));

export async function refreshRecents(): Promise<void> {
  try {
    useRecents.setState({ recents: await client.recents.list(), error: null });
  } catch (thrown) {
    useRecents.setState({ error: toNdiError(thrown) });
  }
}

export async function pinRecent(path: string, pinned: boolean): Promise<void> {
  await change(() => client.recents.pin({ path, pinned }));
}

export async function removeRecent(path: string): Promise<void> {
  await change(() => client.recents.remove({ path }));
}

async function change(call: () => Promise<Recent[]>): Promise<void> {
  try {
    useRecents.setState({ recents: await call(), error: null });
  } catch (thrown) {
    showError(thrown);
  }
}
