import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import builder from '../../build/packaging/electron-builder.json' with { type: 'json' };
import forge from '../../forge.config.ts';
import manifest from '../../package.json' with { type: 'json' };
import { APP_SCHEME } from '../../shared/model/query-link.ts';
import { BEFORE_LINK, registerLinks } from './app-links.ts';

function registered(app: { isPackaged: boolean; isOurs: boolean }, platform: string): unknown[] {
  const calls: unknown[] = [];
  registerLinks(
    {
      isPackaged: app.isPackaged,
      isDefaultProtocolClient: () => app.isOurs,
      setAsDefaultProtocolClient: (...call) => calls.push(call) > 0,
    },
    { platform, program: 'C:\\ndi-desktop.exe' },
  );
  return calls;
}

describe('registerLinks', () => {
  it.each(['win32', 'darwin'])('registers the scheme for the installed program only, and once, on %s', (platform) => {
    const call = [APP_SCHEME, 'C:\\ndi-desktop.exe', [BEFORE_LINK]];
    expect(registered({ isPackaged: true, isOurs: false }, platform)).toEqual([call]);
    expect(registered({ isPackaged: true, isOurs: true }, platform)).toEqual([]);
    expect(registered({ isPackaged: false, isOurs: false }, platform)).toEqual([]);
  });

  it('leaves it to the desktop entry on Linux', () => {
    expect(registered({ isPackaged: true, isOurs: false }, 'linux')).toEqual([]);
  });
});

describe('what the packages tell the systems', () => {
  it('names the scheme', () => {
    expect(builder.protocols.flatMap(({ schemes }) => schemes)).toEqual([APP_SCHEME]);
    expect(forge.packagerConfig?.protocols?.flatMap(({ schemes }) => schemes)).toEqual([APP_SCHEME]);
  });

  // electron-builder takes the program that Forge made: another name would be in no shortcut and no command.
  it('names the program as it is packaged', () => {
    const names = [builder.win.executableName, builder.linux.executableName];
    expect(names).toEqual(names.map(() => forge.packagerConfig?.executableName));
  });

  // https://www.electronjs.org/docs/latest/api/app#appsetdesktopnamename-linux
  it('names the desktop entry as Electron does', () => {
    expect(manifest.desktopName).toMatch(/^\w+(\.\w+){2}\.desktop$/);
    expect(builder.linux.syncDesktopName).toBe(true);
  });

  it('writes the command that Electron would write on Windows', () => {
    const script = readFileSync(join(import.meta.dirname, '../../build/packaging/installer.nsh'), 'utf8');
    expect(script).toContain(`'"$INSTDIR\\\${APP_EXECUTABLE_FILENAME}" "${BEFORE_LINK}" "%1"'`);
    const keys = [...script.matchAll(/(?:WriteRegStr|DeleteRegKey) HKCU "Software\\Classes\\([\w-]+)/g)];
    expect(keys.map(([, scheme]) => scheme)).toEqual([APP_SCHEME, APP_SCHEME, APP_SCHEME, APP_SCHEME]);
  });
});
