/** The scheme of our page; registered as standard and secure, so that `app://ndi` is an origin like any other. */
export const PAGE_SCHEME = 'app';
const PAGE_HOST = 'ndi';
export const PAGE_ADDRESS = `${PAGE_SCHEME}://${PAGE_HOST}/`;

/**
 * Whether an address lies on our own origin. Compared part by part: `URL.origin` of Node is `null` for a scheme of
 * one's own, and a comparison of the beginning would let `app://ndi.example` through.
 */
export function isOwnPage(address: string): boolean {
  const url = URL.parse(address);
  return (
    url !== null &&
    url.protocol === `${PAGE_SCHEME}:` &&
    url.host === PAGE_HOST &&
    url.username === '' &&
    url.password === ''
  );
}
