import { createContext, use } from 'react';

/** Looks through the folder again after something of it has changed; what was chosen of its recordings stays. */
export const ScanAgain = createContext<() => void>(() => undefined);

export function useScanAgain(): () => void {
  return use(ScanAgain);
}
