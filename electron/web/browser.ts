/** Whether this machine has a screen on which a browser could open. `BROWSER=none` says no. */
export function hasScreen(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): boolean {
  if (environment['BROWSER'] === 'none') return false;
  // A shell over the network must not open windows on the machine's own screen.
  if (environment['SSH_CONNECTION'] && !environment['DISPLAY']) return false;
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(environment['DISPLAY'] || environment['WAYLAND_DISPLAY']);
}

/** Opens an address in the default browser. False when that cannot be done: the printed address is enough. */
export async function openBrowser(address: string): Promise<boolean> {
  if (!hasScreen()) return false;
  try {
    const { default: open } = await import('open');
    const child = await open(address);
    child.on('error', () => undefined);
    child.unref();
    return true;
  } catch {
    // No browser, or no program that knows of one.
    return false;
  }
}
