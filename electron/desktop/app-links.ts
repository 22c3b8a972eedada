import { APP_SCHEME } from '../../shared/model/query-link.ts';

/** What is asked of Electron's `app`. */
interface Registrar {
  readonly isPackaged: boolean;
  isDefaultProtocolClient(scheme: string): boolean;
  setAsDefaultProtocolClient(scheme: string): boolean;
}

/**
 * Makes the installed program the one that opens `ndi-app://` links. Windows and Linux are told at run time; macOS takes
 * it from the Info.plist (forge.config.ts) and Linux needs a desktop entry with the scheme besides (electron-builder.json):
 * https://www.electronjs.org/docs/latest/api/app#appsetasdefaultprotocolclientprotocol-path-args
 * A checkout registers nothing: its links would open a bare Electron.
 */
export function registerLinks(app: Registrar): void {
  if (app.isPackaged && !app.isDefaultProtocolClient(APP_SCHEME)) app.setAsDefaultProtocolClient(APP_SCHEME);
}
