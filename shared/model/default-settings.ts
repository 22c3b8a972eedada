/**
 * The settings as they are until somebody changes them. The contract's schema fills them in; the page shows them
 * until the services answer, and so need not load the schemas.
 */
export const defaultSettings = {
  theme: 'system' as const,
  language: 'en' as const,
  reduceMotion: 'system' as const,
  traceRenderer: 'auto' as const,
  cacheBudgetMb: 512,
  overviewBudgetMb: 4096,
  cloudFileBudgetMb: 10_240,
  continueTransfers: true,
  dismissedHints: [] as string[],
  ontologyOnline: true,
  documentTypeFolders: [] as string[],
  shortcuts: {} as Record<string, string>,
};
