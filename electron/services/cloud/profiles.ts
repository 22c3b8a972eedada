import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { profileSchema, type Profile } from '../../../shared/contract/cloud.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { StoredJson } from '../stored-json.ts';

interface Stored {
  readonly profiles: readonly Profile[];
  /** The one that is current when the application starts. */
  readonly defaultId: string | null;
}

/** An account that cannot be read must not take the others with it. */
const storedSchema = z.object({ profiles: z.array(z.unknown()), defaultId: z.string().nullable().catch(null) });

/** Accounts that a person uses: who, where, in which organization; no secrets. */
export class Profiles {
  readonly #store: StoredJson<Stored>;
  /** Never saved: a start begins with the default. */
  #currentId: string | null = null;

  constructor(dataFolder: string) {
    this.#store = new StoredJson(join(dataFolder, 'cloud-profiles.json'), (stored) => {
      const { profiles, defaultId } = storedSchema.safeParse(stored).data ?? { profiles: [], defaultId: null };
      return { profiles: profiles.flatMap((one) => profileSchema.safeParse(one).data ?? []), defaultId };
    });
  }

  list(): Profile[] {
    return [...this.#store.readNow().profiles];
  }

  get defaultId(): string | null {
    return this.#store.readNow().defaultId;
  }

  current(): Profile | null {
    const { profiles, defaultId } = this.#store.read();
    const wanted = this.#currentId ?? defaultId;
    return profiles.find(({ id }) => id === wanted) ?? profiles[0] ?? null;
  }

  /** A profile by its id, its nickname or its e-mail address. @throws NdiError auth.profileUnknown */
  find(named: string): Profile {
    const profile = this.list().find(({ id, nickname, email }) => [id, nickname, email].includes(named));
    if (profile !== undefined) return profile;
    throw new NdiError({
      code: 'auth.profileUnknown',
      message: `There is no profile “${named}”.`,
      recovery: 'Sign in to make one, or choose another.',
      details: { profiles: this.list().map(({ nickname }) => nickname) },
    });
  }

  /** The profile of an account on a server, if there is one. */
  ofAccount(email: string, server: string): Profile | null {
    return this.list().find((profile) => profile.email === email && profile.server === server) ?? null;
  }

  use(id: string): Profile {
    const profile = this.find(id);
    this.#currentId = profile.id;
    return profile;
  }

  setDefault(id: string): void {
    const { id: defaultId } = this.find(id);
    this.#store.change((now) => ({ ...now, defaultId }));
  }

  add(profile: Omit<Profile, 'id'>): Profile {
    const added = { ...profile, id: randomUUID() };
    this.#store.change(({ profiles, defaultId }) => {
      return { profiles: [...profiles, added], defaultId: defaultId ?? added.id };
    });
    return added;
  }

  change(id: string, change: Partial<Omit<Profile, 'id'>>): Profile {
    this.find(id);
    const { profiles } = this.#store.change((now) => {
      return { ...now, profiles: now.profiles.map((one) => (one.id === id ? { ...one, ...change } : one)) };
    });
    return profiles.find((one) => one.id === id) ?? this.find(id);
  }

  remove(id: string): void {
    this.#store.change(({ profiles, defaultId }) => ({
      profiles: profiles.filter((profile) => profile.id !== id),
      defaultId: defaultId === id ? null : defaultId,
    }));
    if (this.#currentId === id) this.#currentId = null;
  }
}
