import { CloudHttp } from '../../../electron/ndi/cloud/http/cloud-http.ts';
import { AccountsService } from '../../../electron/services/cloud/accounts.ts';
import { secretStore } from '../../../electron/services/cloud/secrets.ts';
import { CopySessions } from '../../../electron/services/cloud/sync/copy-session.ts';
import { SyncPlanning } from '../../../electron/services/cloud/sync/planning.ts';
import { TransfersService } from '../../../electron/services/cloud/sync/transfers.ts';
import { Jobs } from '../../../electron/services/jobs.ts';
import type { Ending } from '../../../shared/model/endings.ts';
import { quickPace } from './computer.ts';

/** The services of the application that have to do with the cloud, on a clock whose waits are short. */
export class Application {
  readonly dataFolder: string;
  readonly accounts: AccountsService;
  /** Long work that has ended. */
  readonly endings: Ending[] = [];
  readonly #onEnd = (ending: Ending) => void this.endings.push(ending);
  readonly jobs = new Jobs(this.#onEnd);
  readonly planning: SyncPlanning;
  readonly transfers: TransfersService;
  readonly #copies: CopySessions;

  constructor({ dataFolder, lasting = true }: { readonly dataFolder: string; readonly lasting?: boolean }) {
    this.dataFolder = dataFolder;
    const http = new CloudHttp(quickPace);
    this.accounts = new AccountsService({ dataFolder, secrets: secretStore(dataFolder), environment: {}, http });
    this.#copies = new CopySessions(this.accounts, dataFolder);
    this.planning = new SyncPlanning(this.#copies, this.jobs);
    const takeIn = () => Promise.resolve();
    const { jobs } = this;
    this.transfers = new TransfersService({ copies: this.#copies, jobs, takeIn, lasting, onEnd: this.#onEnd });
  }

  /** State of a transfer. */
  state(id: string): string | undefined {
    return this.transfers.list().transfers.find((one) => one.id === id)?.state;
  }

  async close(): Promise<void> {
    await this.transfers.close();
    this.#copies.close();
  }
}
