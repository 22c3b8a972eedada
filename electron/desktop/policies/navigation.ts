import { isOwnPage } from './own-page.ts';

export interface Navigation {
  readonly address: string;
  readonly isMainFrame: boolean;
}

/**
 * Whether a frame may go to an address. The window shows our page and nothing else; our page has no frames, so any
 * frame is somebody else's.
 */
export function mayNavigate({ address, isMainFrame }: Navigation): boolean {
  return isMainFrame && isOwnPage(address);
}
