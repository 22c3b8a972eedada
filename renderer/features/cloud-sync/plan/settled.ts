import type { TransferRequest } from '../../../../shared/contract/cloud-sync.ts';

export type SyncRequest = Extract<TransferRequest, { kind: 'sync' }>;

/** How a person settled a conflict. */
export type Settled = NonNullable<SyncRequest['resolutions']>[string];
