/** Nothing that talks to the outside; the superuser's Chromium cannot have a sandbox. */
export function browserArguments(): string[] {
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  return process.getuid?.() === 0 ? [...quiet, '--no-sandbox'] : quiet;
}
