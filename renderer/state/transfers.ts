import { useEffect } from 'react';
import { create } from 'zustand';
import type { TransferRequest, TransferView } from '../../shared/contract/cloud-sync.ts';
import { client, follow } from './client.ts';
import { showError } from './messages.ts';

interface TransfersState {
  /** Null until the services have told. */
  readonly transfers: readonly TransferView[] | null;
  /** Bytes a second that all together may use; null for no limit. */
  readonly limit: number | null;
  /** They wait while another network is in use than the one they are kept to. */
  readonly keptToNetwork: boolean;
}

/** Uploads, downloads and syncs, the latest last. */
export const useTransfers = create<TransfersState>()(() => ({ transfers: null, limit: null, keptToNetwork: false }));

let followers = 0;
let stop: (() => void) | null = null;

/** Follows the transfers for as long as something shows them. */
export function useFollowedTransfers(): TransfersState {
  useEffect(() => {
    followers += 1;
    stop ??= follow(
      (options) => client.cloudSync.watch(undefined, options),
      (list) => useTransfers.setState(list),
    );
    return () => {
      followers -= 1;
      if (followers > 0) return;
      stop?.();
      stop = null;
    };
  }, []);
  return useTransfers();
}

/** Begins a transfer; gives its id, or null where it could not begin. */
export async function startTransfer(request: TransferRequest): Promise<string | null> {
  try {
    return (await client.cloudSync.start({ request })).id;
  } catch (thrown) {
    showError(thrown);
    return null;
  }
}

export type TransferAct = 'pause' | 'resume' | 'cancel' | 'retry' | 'forget';

export async function actOnTransfer(id: string, act: TransferAct): Promise<void> {
  try {
    await client.cloudSync[act]({ id });
  } catch (thrown) {
    showError(thrown);
  }
}

export async function limitTransfers(bytesASecond: number | null): Promise<void> {
  try {
    await client.cloudSync.limit({ bytesASecond });
  } catch (thrown) {
    showError(thrown);
  }
}

export async function keepTransfersToNetwork(on: boolean): Promise<void> {
  try {
    await client.cloudSync.keepToNetwork({ on });
  } catch (thrown) {
    showError(thrown);
  }
}
