import type { FromMain } from './wire.ts';

/** The way from the main process to the test that holds the browser. */
export const toTest = {
  post(message: FromMain): void {
    if (process.connected) process.send?.(message);
  },
};
