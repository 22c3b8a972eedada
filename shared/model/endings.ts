/** How long work ends, in words: in lists on the page, where they pass through the translator, and in the system's notices. */
export const endTexts = {
  done: 'Done',
  /** Of a transfer: something failed, or was left alone. */
  partly: 'Done in part',
  failed: 'Failed',
  cancelled: 'Cancelled',
} as const;

/** Long work that has come to its end. */
export type Ending = {
  /** What it did, for people: `Uploading mouse 12`. Names no path. */
  readonly title: string;
  readonly state: keyof typeof endTexts;
} & ({ readonly kind: 'transfer' } | { readonly kind: 'job'; readonly tookMs: number });
