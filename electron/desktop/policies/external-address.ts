/** Longer addresses are cut or misread by shells and browsers of some systems. */
const LONGEST = 2048;

/**
 * The address to hand to the system's browser, written anew from its parts; null when it must not be opened.
 *
 * Only https: any other scheme starts whatever program has registered itself for it. Writing it anew percent-encodes
 * quotes, spaces and control characters, which a launcher of the system could take for more than an address. A name
 * and password in an address serve nobody but impostors.
 */
export function externalAddress(asked: string): string | null {
  const url = URL.parse(asked);
  if (url === null || url.protocol !== 'https:' || url.hostname === '') return null;
  if (url.username !== '' || url.password !== '') return null;
  // URL leaves these as they are in a query or fragment, where a shell would act on them.
  const written = url.href.replaceAll("'", '%27').replaceAll('`', '%60').replaceAll('|', '%7C').replaceAll('^', '%5E');
  return written.length <= LONGEST ? written : null;
}
