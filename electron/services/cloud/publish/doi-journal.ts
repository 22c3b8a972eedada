import { join } from 'node:path';
import { z } from 'zod';
import { registrationSchema, type Registration } from '../../../../shared/contract/cloud-publish.ts';
import { StoredJson } from '../../stored-json.ts';

/**
 * Which DOI each dataset got and how far its registration is, in the application's folder: a dataset never gets a second
 * DOI because a first try was forgotten.
 */
export class DoiJournal {
  readonly #stored: StoredJson<Record<string, Registration>>;

  constructor(dataFolder: string) {
    this.#stored = new StoredJson(join(dataFolder, 'cloud', 'dois.json'), (stored) => {
      const rows = z.record(z.string(), z.unknown()).safeParse(stored).data ?? {};
      return Object.fromEntries(
        Object.entries(rows).flatMap(([key, row]) => {
          const parsed = registrationSchema.safeParse(row);
          return parsed.success ? [[key, parsed.data]] : [];
        }),
      );
    });
  }

  get(server: string, datasetId: string): Registration | null {
    return this.#stored.readNow()[`${server} ${datasetId}`] ?? null;
  }

  set(server: string, datasetId: string, registration: Registration): Registration {
    this.#stored.change((now) => ({ ...now, [`${server} ${datasetId}`]: registration }));
    return registration;
  }
}
