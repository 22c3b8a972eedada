import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';

export interface Saved {
  readonly name: string;
  readonly bytes: Buffer;
}

/** What the page hands over as a file when something is done. */
export async function savedBy(page: Page, act: () => Promise<void>): Promise<Saved> {
  const [download] = await Promise.all([page.waitForEvent('download'), act()]);
  return { name: download.suggestedFilename(), bytes: readFileSync(await download.path()) };
}

/** Width and height of a PNG in pixels, from its first chunk (`IHDR`); null where it is none. */
export function pngSize(bytes: Buffer): { readonly width: number; readonly height: number } | null {
  if (bytes.toString('latin1', 1, 4) !== 'PNG') return null;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}
