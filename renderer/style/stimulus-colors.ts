import { dataColor } from './data-colors.ts';

/** The CSS colour of a stimulus by its id; blank ones are grey. */
export function stimulusColor(stimulusId: number | null, isBlank: boolean): string {
  if (stimulusId === null || isBlank) return 'var(--ndi-line-strong)';
  return dataColor(stimulusId - 1);
}

/** Whether a stimulus shows nothing, as its parameters tell. */
export function isBlank(parameters: Readonly<Record<string, unknown>> | undefined): boolean {
  return Number(parameters?.['isblank']) === 1;
}
