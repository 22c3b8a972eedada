import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * The application's own folder (settings, recents, caches, the lock of the running instance), where the system keeps
 * such things and where Electron's `userData` lies too; `NDI_DATA_FOLDER` names another.
 */
export function applicationFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  const named = environment['NDI_DATA_FOLDER'];
  if (named) return resolve(named);
  return join(parentFolder(environment, platform), 'NDI Desktop');
}

function parentFolder(environment: NodeJS.ProcessEnv, platform: NodeJS.Platform): string {
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  if (platform === 'win32') return environment['APPDATA'] || join(homedir(), 'AppData', 'Roaming');
  return environment['XDG_CONFIG_HOME'] || join(homedir(), '.config');
}
