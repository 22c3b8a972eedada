import type { OpenItems } from '../open-items.ts';
import type { Recents } from '../recents.ts';
import { AccountRequests } from './account-requests.ts';
import { AccountsService } from './accounts.ts';
import { RemoteDatasets } from './remote-datasets.ts';
import { secretStore, type Sealer } from './secrets.ts';

/** What the application does with NDI Cloud. */
export interface CloudServices {
  readonly accounts: AccountsService;
  readonly requests: AccountRequests;
  readonly datasets: RemoteDatasets;
}

export function cloudServices(options: {
  readonly dataFolder: string;
  readonly sealer: Sealer | undefined;
  readonly openItems: OpenItems;
  readonly recents: Recents;
}): CloudServices {
  const { dataFolder, sealer, openItems, recents } = options;
  const accounts = new AccountsService({ dataFolder, secrets: secretStore(dataFolder, sealer) });
  const requests = new AccountRequests(accounts);
  return { accounts, requests, datasets: new RemoteDatasets(accounts, openItems, recents) };
}
