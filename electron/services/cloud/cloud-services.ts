import type { Ending } from '../../../shared/model/endings.ts';
import type { Jobs } from '../jobs.ts';
import type { OpenItems } from '../open-items.ts';
import type { Recents } from '../recents.ts';
import { AccountRequests } from './account-requests.ts';
import { AccountsService } from './accounts.ts';
import { RemoteDatasets } from './remote-datasets.ts';
import { RemoteDocuments } from './remote-documents.ts';
import { CitingService } from './publish/citing.ts';
import { DoiService } from './publish/dois.ts';
import { PublishingService } from './publish/publishing.ts';
import { Validation } from './publish/validation.ts';
import type { CloudFileCache } from './files/cloud-file-cache.ts';
import { CloudFiles } from './files/cloud-files.ts';
import { CopySessions } from './sync/copy-session.ts';
import { SyncPlanning } from './sync/planning.ts';
import type { TakeIn } from './sync/take-in.ts';
import { LinkedCopies } from './linked-copies.ts';
import { TransfersService } from './sync/transfers.ts';
import { secretStore, type Sealer } from './secrets.ts';

/** What the application does with NDI Cloud. */
export interface CloudServices {
  readonly accounts: AccountsService;
  readonly requests: AccountRequests;
  readonly datasets: RemoteDatasets;
  readonly documents: RemoteDocuments;
  readonly planning: SyncPlanning;
  readonly copies: LinkedCopies;
  readonly transfers: TransfersService;
  readonly publishing: PublishingService;
  readonly dois: DoiService;
  readonly citing: CitingService;
  readonly files: CloudFiles;
  close(): Promise<void>;
}

export function cloudServices(options: {
  readonly dataFolder: string;
  readonly sealer: Sealer | undefined;
  readonly openItems: OpenItems;
  readonly recents: Recents;
  readonly jobs: Jobs;
  readonly fileCache: CloudFileCache;
  /** Whether the process lives on, so that transfers may wait for the network. */
  readonly lasting: boolean;
  readonly takeIn: TakeIn;
  /** Told of each transfer that has ended. */
  readonly onEnd: (ending: Ending) => void;
}): CloudServices {
  const { dataFolder, sealer, openItems, recents, jobs, fileCache, lasting, takeIn, onEnd } = options;
  const accounts = new AccountsService({ dataFolder, secrets: secretStore(dataFolder, sealer) });
  const requests = new AccountRequests(accounts);
  const copies = new CopySessions(accounts, dataFolder);
  const transfers = new TransfersService({ copies, jobs, takeIn, lasting, onEnd });
  const planning = new SyncPlanning(copies, jobs);
  const validation = new Validation(openItems, jobs);
  return {
    accounts,
    requests,
    datasets: new RemoteDatasets(accounts, openItems, recents),
    documents: new RemoteDocuments(accounts),
    planning,
    copies: new LinkedCopies(copies, jobs),
    transfers,
    publishing: new PublishingService({ copies, items: openItems, planning, validation }),
    dois: new DoiService(copies, dataFolder),
    citing: new CitingService(copies, openItems),
    files: new CloudFiles(fileCache, accounts, jobs),
    async close() {
      await transfers.close();
      copies.close();
    },
  };
}
