import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { WINDOWS_APP_ID } from './windows-app-id.ts';

it('is that of the installer: Windows shows no notices of a program that it does not know', () => {
  const settings = new URL('../../build/packaging/electron-builder.json', import.meta.url);
  expect(JSON.parse(readFileSync(settings, 'utf8'))).toMatchObject({ appId: WINDOWS_APP_ID });
});
