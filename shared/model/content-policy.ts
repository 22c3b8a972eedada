/**
 * The Content-Security-Policy of the page, the same behind the desktop and the web door: everything comes from the
 * page's own origin, no inline script, no `eval`, no frames, no plug-ins, no forms.
 *
 * Styles may be inline: Mantine writes its variables into a style element, and a style cannot run code.
 *
 * @param connect further places that the page may connect to (`ws://127.0.0.1:4747`), beside its own origin
 */
export function contentPolicy(connect: readonly string[] = []): string {
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    'media-src': ['blob:'],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...connect],
    'worker-src': ["'self'"],
    'manifest-src': ["'self'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
    'object-src': ["'none'"],
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources.join(' ')}`)
    .join('; ');
}
