/** Path of an installed Chrome or Chromium (`CHROME_PATH` first), or null. */
export function installedBrowser(): string | null;
