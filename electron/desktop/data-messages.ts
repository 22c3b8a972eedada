import type { HostEvent } from '../../shared/contract/application.ts';

/** What the main process says to the data process. A `connect` brings the port of a page along. */
export type DataMessage =
  { readonly type: 'connect' } | { readonly type: 'hostEvent'; readonly event: HostEvent } | { readonly type: 'close' };
