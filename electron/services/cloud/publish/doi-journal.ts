import { join } from 'node:path';
import { z } from 'zod';
import { StoredJson } from '../../stored-json.ts';

const registrationSchema = z.object({
  doi: z.string(),
  system: z.enum(['test', 'production']),
  /**
   * `prepared`: a DOI is chosen; `deposited`: Crossref has the deposit; `tested`: its test system took it; `registered`:
   * the DOI lives, but the dataset's record does not hold it yet; `written`: it does; `failed`: Crossref refused it.
   */
  state: z.enum(['prepared', 'deposited', 'tested', 'registered', 'written', 'failed']),
  fileName: z.string(),
  /** ISO 8601; null before the first deposit. It grows with each. */
  depositedAt: z.string().nullable(),
  message: z.string(),
});
export type Registration = z.infer<typeof registrationSchema>;

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
