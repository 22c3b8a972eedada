import { isOwnPage } from './own-page.ts';

export interface PermissionQuestion {
  readonly permission: string;
  /** Address of the page that asks; missing for a worker. */
  readonly address: string | undefined;
  readonly isMainFrame: boolean;
}

/** Copying text on a click is all that our page ever asks for. */
const granted: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** Whether a page gets a permission; Electron grants everything where nobody judges. */
export function mayUse({ permission, address, isMainFrame }: PermissionQuestion): boolean {
  return isMainFrame && address !== undefined && isOwnPage(address) && granted.has(permission);
}
