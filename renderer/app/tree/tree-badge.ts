import type { SessionInfo } from '../../../shared/contract/sessions.ts';
import { plural, t } from '../../texts/translate.ts';

/**
 * A check and its outcome in NDI's grammar (`+ndi/+gui/statusIcon.m`): the letter says what was checked, a capital
 * that all is done, the colour repeats the state, so that colour never stands alone.
 */
export interface TreeBadge {
  readonly letter: string;
  readonly state: 'good' | 'partly' | 'bad';
  /** The outcome in words. */
  readonly words: string;
}

/** F: the files of the epochs were looked for and could be read. */
export function sessionBadge(info: SessionInfo): TreeBadge {
  const problems = [...info.problems, ...info.epochs.flatMap((epoch) => epoch.problems)].filter(
    (problem) => problem.grade !== 'note',
  );
  if (problems.length === 0) return { letter: 'F', state: 'good', words: t('All files are in place') };
  return {
    letter: 'f',
    state: problems.some((problem) => problem.grade === 'blocks') ? 'bad' : 'partly',
    words: plural(problems.length, '{{count}} problem with the files', '{{count}} problems with the files'),
  };
}
