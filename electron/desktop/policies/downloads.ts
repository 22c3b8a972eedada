import { isOwnPage } from './own-page.ts';

/** Whether a download may be saved: only what our own page has made itself (an export, offered as a blob). */
export function mayDownload(address: string): boolean {
  return address.startsWith('blob:') && isOwnPage(address.slice('blob:'.length));
}
