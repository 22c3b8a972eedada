import { join } from 'node:path';
import { settingsSchema, type Settings } from '../../shared/contract/application.ts';
import { StoredJson } from './stored-json.ts';

/** The user's settings: one JSON file in the application's folder. Unknown or damaged values fall back to defaults. */
export class SettingsService {
  readonly #store: StoredJson<Settings>;

  constructor(dataFolder: string) {
    this.#store = new StoredJson(join(dataFolder, 'settings.json'), readSettings);
  }

  get(): Settings {
    return this.#store.read();
  }

  set(change: { [K in keyof Settings]?: Settings[K] | undefined }): Settings {
    const kept = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
    return this.#store.change((now) => settingsSchema.parse({ ...now, ...kept }));
  }

  reset(): Settings {
    return this.#store.change(() => settingsSchema.parse({}));
  }
}

/** Keeps every value that is valid on its own. */
function readSettings(stored: unknown): Settings {
  const settings: Record<string, unknown> = {};
  const given = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  for (const [name, schema] of Object.entries(settingsSchema.shape)) {
    const parsed = schema.safeParse(given[name]);
    if (parsed.success) settings[name] = parsed.data;
  }
  return settingsSchema.parse(settings);
}
