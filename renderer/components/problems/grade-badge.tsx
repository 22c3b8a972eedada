import { IconAlertTriangle, IconBan, IconInfoCircle } from '@tabler/icons-react';
import type { Problem } from '../../../shared/contract/common.ts';
import { t } from '../../texts/translate.ts';
import classes from './problems.module.css';

const ICONS = { blocks: IconBan, shouldFix: IconAlertTriangle, note: IconInfoCircle };

/** The grade in words: colour and sign never stand alone. */
export function gradeWord(grade: Problem['grade']): string {
  switch (grade) {
    case 'blocks':
      return t('Blocks');
    case 'shouldFix':
      return t('Should fix');
    case 'note':
      return t('Note');
  }
}

interface GradeBadgeProps {
  readonly grade: Problem['grade'];
  /** Words instead of the grade's own: `2 problems`. */
  readonly words?: string;
}

export function GradeBadge({ grade, words }: GradeBadgeProps) {
  const Icon = ICONS[grade];
  return (
    <span className={`${classes.badge ?? ''} ${classes[grade] ?? ''}`}>
      <Icon size={14} aria-hidden />
      {words ?? gradeWord(grade)}
    </span>
  );
}
