import { APP_SCHEME } from '../../shared/model/query-link.ts';

/** What is asked of Electron's `app`; path and arguments are for Windows only. */
interface Registrar {
  readonly isPackaged: boolean;
  isDefaultProtocolClient(scheme: string, path: string, args: string[]): boolean;
  setAsDefaultProtocolClient(scheme: string, path: string, args: string[]): boolean;
}

/**
 * What stands before a link in the command that Windows runs: nothing written into a link is read as a switch by Chromium
 * (CVE-2018-1000006, https://github.com/advisories/GHSA-w222-53c6-c86p). installer.nsh writes the same command.
 */
export const BEFORE_LINK = '--';

/**
 * Makes the installed program the one that opens `ndi-app://` links, where that is told at run time. macOS allows it for
 * schemes of the Info.plist (forge.config.ts):
 * https://www.electronjs.org/docs/latest/api/app#appsetasdefaultprotocolclientprotocol-path-args
 * Linux reads it from the desktop entry (electron-builder.json) alone: Electron would run xdg-settings, which keeps the
 * start waiting and has made programs the default browser (https://github.com/electron/electron/issues/20382).
 * A checkout registers nothing: its links would outlive it.
 */
export function registerLinks(app: Registrar, { platform, program }: { platform: string; program: string }): void {
  if (!app.isPackaged || platform === 'linux') return;
  if (!app.isDefaultProtocolClient(APP_SCHEME, program, [BEFORE_LINK])) {
    app.setAsDefaultProtocolClient(APP_SCHEME, program, [BEFORE_LINK]);
  }
}
