import { client } from './client.ts';
import { useAnswer } from './use-answer.ts';

/** The acquisition formats that can be read, as the words of a list (`A, B, and C`); empty until they are known. */
export function useFormats(): string {
  const answer = useAnswer('formats', (signal) => client.application.about(undefined, { signal }));
  const names = answer.value?.formats ?? [];
  return new Intl.ListFormat('en', { type: 'conjunction' }).format(names);
}
