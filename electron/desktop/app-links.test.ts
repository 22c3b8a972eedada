import { expect, it } from 'vitest';
import builder from '../../build/packaging/electron-builder.json' with { type: 'json' };
import forge from '../../forge.config.ts';
import { APP_SCHEME } from '../../shared/model/query-link.ts';
import { registerLinks } from './app-links.ts';

function registered(app: { isPackaged: boolean; isOurs: boolean }): string[] {
  const schemes: string[] = [];
  registerLinks({
    isPackaged: app.isPackaged,
    isDefaultProtocolClient: () => app.isOurs,
    setAsDefaultProtocolClient: (scheme) => schemes.push(scheme) > 0,
  });
  return schemes;
}

it('registers the scheme for the installed program only, and once', () => {
  expect(registered({ isPackaged: true, isOurs: false })).toEqual([APP_SCHEME]);
  expect(registered({ isPackaged: true, isOurs: true })).toEqual([]);
  expect(registered({ isPackaged: false, isOurs: false })).toEqual([]);
});

it('is in what the packages tell the systems', () => {
  expect(builder.protocols.flatMap(({ schemes }) => schemes)).toEqual([APP_SCHEME]);
  expect(forge.packagerConfig?.protocols?.flatMap(({ schemes }) => schemes)).toEqual([APP_SCHEME]);
});
