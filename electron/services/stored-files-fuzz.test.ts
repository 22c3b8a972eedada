import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { listBackups, readBackup } from '../ndi/maintenance/backup.ts';
import { Preferences } from '../ndi/preferences.ts';
import { fuzzMs, fuzzPlace, fuzzSeed } from '../signal/fuzz-support.ts';
import { fuzzTexts } from '../signal/fuzz-texts.ts';
import { Profiles } from './cloud/profiles.ts';
import { DoiJournal } from './cloud/publish/doi-journal.ts';
import { secretStore } from './cloud/secrets.ts';
import { ImportRecipes } from './imports/recipes.ts';
import { Recents } from './recents.ts';
import { SettingsService } from './settings.ts';

const folder = mkdtempSync(join(fuzzPlace, 'ndi-stored-fuzz-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const session = join(folder, 'session');
mkdirSync(join(session, '.ndi', 'backups', 'one'), { recursive: true });
writeFileSync(join(session, '.ndi', 'did-sqlite.sqlite'), '');

const time = '2026-01-01T00:00:00.000Z';
const server = 'https://x.org/v1';
const profile = { nickname: 'a', email: 'a@x.org', server, organizationId: null, organizationName: '' };
const registration = { doi: '10.1/x', system: 'test', state: 'tested', fileName: 'f', depositedAt: null, message: '' };

/** What is kept, as the application writes it, and what reads it. */
const kept: Readonly<
  Record<string, { readonly text: string; readonly use: (isWriting: boolean) => void | Promise<void> }>
> = {
  'settings.json': {
    text: JSON.stringify(new SettingsService(join(folder, 'none')).get()),
    use: () => {
      expect(Object.keys(new SettingsService(folder).get()).length).toBeGreaterThan(0);
    },
  },
  'recents.json': {
    text: JSON.stringify(
      ['/a', '/b'].map((path) => ({ path, kind: 'session', reference: 'r', openedAt: time, pinned: false })),
    ),
    use: async (isWriting) => {
      const recents = new Recents(folder);
      for (const path of recents.paths()) expect(typeof path).toBe('string');
      if (isWriting) await recents.pin('/b', true);
    },
  },
  'import-recipes.json': {
    text: JSON.stringify([
      { id: 'r', name: 'rig', usedAt: time, devices: [{ layout: 'l', device: 'd', probes: [] }], pattern: '%s' },
    ]),
    use: (isWriting) => {
      const recipes = new ImportRecipes(folder);
      for (const { id, name } of isWriting ? recipes.forget('r') : recipes.list())
        expect([typeof id, name === '']).toEqual(['string', false]);
    },
  },
  'cloud-profiles.json': {
    text: JSON.stringify({
      profiles: [
        { ...profile, id: 'p' },
        { ...profile, id: 'q' },
      ],
      defaultId: 'p',
    }),
    use: (isWriting) => {
      const profiles = new Profiles(folder);
      for (const { id, email } of profiles.list()) expect([typeof id, typeof email]).toEqual(['string', 'string']);
      profiles.current();
      if (!isWriting) return;
      const { id } = profiles.add(profile);
      expect(profiles.find(id).email).toBe('a@x.org');
    },
  },
  'cloud/dois.json': {
    text: JSON.stringify({ 'https://x.org d': registration }),
    use: () => {
      expect(typeof (new DoiJournal(folder).get('https://x.org', 'd')?.doi ?? '')).toBe('string');
    },
  },
  'cloud-secrets.json': {
    text: JSON.stringify({ p: JSON.stringify({ token: 't', password: null }), q: '{"token": "u", "password": "x"}' }),
    use: async (isWriting) => {
      const secrets = secretStore(folder);
      expect(typeof ((await secrets.get('p'))?.token ?? '')).toBe('string');
      if (!isWriting) return;
      await secrets.set('new', { token: 'n', password: null });
      expect(await secrets.get('new')).toEqual({ token: 'n', password: null });
    },
  },
  'NDI_Preferences.json': {
    text: '{\n  "Cloud__Upload__Max_File_Batch_Size": 1e6,\n  "GUI__Navigator__SessionAppPackages": "a;b", "Other": NaN}',
    use: (isWriting) => {
      const preferences = new Preferences(join(folder, 'NDI_Preferences.json'));
      for (const { value, defaultValue } of preferences.list()) expect(typeof value).toBe(typeof defaultValue);
      if (!isWriting) return;
      preferences.set('Cloud.Upload.Max_File_Batch_Size', 5);
      expect(preferences.get('Cloud.Upload.Max_File_Batch_Size')).toBe(5);
    },
  },
  'session/.ndi/backups/one/backup.json': {
    text: JSON.stringify({
      ...{ layout: 'ndi-desktop-backup/1', path: '/x', createdAt: time, of: '/s', id: '41_a', reference: 'r' },
      ...{ why: 'repair', databaseBytes: 5, databaseSha256: 'ab' },
      files: [{ name: '41_b', sizeBytes: 3, sha256: null }],
    }),
    use: () => {
      expect(listBackups(session).length).toBeLessThanOrEqual(1);
      try {
        const { files } = readBackup(join(session, '.ndi', 'backups', 'one'));
        for (const { name } of files) expect([basename(name), '..', '.'].indexOf(name)).toBe(0);
      } catch (error) {
        expect((error as NdiError).code).toBe('format.invalid');
      }
    },
  },
};

describe(`damaged files of the application keep nobody from starting (NDI_FUZZ_SEED=${fuzzSeed})`, () => {
  it.each(Object.keys(kept))(
    '%s',
    async (name) => {
      const { text, use } = kept[name] ?? { text: '', use: () => undefined };
      const path = join(folder, name);
      mkdirSync(dirname(path), { recursive: true });
      // Whole, it is read: else nothing would be tried.
      writeFileSync(path, text);
      await use(true);
      let run = 0;
      await fuzzTexts(
        [text],
        async (damaged) => {
          writeFileSync(path, damaged);
          run += 1;
          // What is written is flushed to the disk, which takes its time.
          await use(run % 100 === 0);
        },
        { neverRefused: true },
      );
      expect(readFileSync(path, 'utf8')).not.toBe(text);
    },
    fuzzMs,
  );
});

describe('of several things in one file', () => {
  it('those that are whole are kept where one is not', () => {
    const at = temporaryFolder('ndi-stored');
    const write = (name: string, value: unknown) => writeFileSync(join(at, name), JSON.stringify(value));
    write('cloud-profiles.json', { profiles: [{ ...profile, id: 'p' }, { id: 5 }, null], defaultId: 7 });
    expect(new Profiles(at).list().map(({ id }) => id)).toEqual(['p']);
    const recent = { path: '/b', kind: 'session', reference: 'r', openedAt: time, pinned: false };
    write('recents.json', [null, { ...recent, pinned: 'yes' }, recent]);
    expect(new Recents(at).paths()).toEqual(['/b']);
    write('cloud-secrets.json', { p: JSON.stringify({ token: 't', password: null }), q: 5 });
    return expect(secretStore(at).get('p')).resolves.toEqual({ token: 't', password: null });
  });
});
