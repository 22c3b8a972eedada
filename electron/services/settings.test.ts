import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../build/testing/temporary.ts';
import { SettingsService } from './settings.ts';

const folder = temporaryFolder();

test('settings start with their defaults and are kept', () => {
  const settings = new SettingsService(join(folder, 'fresh'));
  expect(settings.get()).toMatchObject({ theme: 'system', language: 'en' });
  settings.set({ theme: 'dark' });
  expect(new SettingsService(join(folder, 'fresh')).get()).toMatchObject({ theme: 'dark', language: 'en' });
  expect(settings.reset().theme).toBe('system');
});

test('a value that is not valid falls back alone', () => {
  writeFileSync(join(folder, 'settings.json'), JSON.stringify({ theme: 'dark', cacheBudgetMb: -5, unknown: 1 }));
  expect(new SettingsService(folder).get()).toMatchObject({ theme: 'dark', cacheBudgetMb: 512 });
});

test('a damaged file counts as empty and is whole after the next change', () => {
  writeFileSync(join(folder, 'settings.json'), '{"theme": "da');
  const settings = new SettingsService(folder);
  expect(settings.get().theme).toBe('system');
  settings.set({ language: 'pseudo' });
  expect(JSON.parse(readFileSync(join(folder, 'settings.json'), 'utf8'))).toMatchObject({ language: 'pseudo' });
});
