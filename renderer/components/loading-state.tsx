import { Button, Skeleton } from '@mantine/core';
import { useEffect, useState } from 'react';
import { t } from '../texts/translate.ts';
import classes from './states.module.css';

/** Answers within this time show no sign of waiting at all: a flicker is worse than nothing. */
const APPEARS_AFTER_MS = 100;
/** From here on people want to know what they wait for. */
const SAYS_AFTER_MS = 1000;

interface LoadingStateProps {
  /** What is loaded and how much: `Reading 12 files`. Shown after a second. */
  readonly what?: string;
  readonly onCancel?: () => void;
  /** Lines of the skeleton: about as many as the content will have. */
  readonly lines?: number;
}

/** A view that waits for its content: nothing at first, then a skeleton in its shape, then words. */
export function LoadingState({ what, onCancel, lines = 4 }: LoadingStateProps) {
  const stage = useStage();
  return (
    <div className={classes.loading} role="status" aria-busy="true">
      {stage > 0 &&
        Array.from({ length: lines }, (_, index) => (
          <Skeleton key={index} height={12} width={`${[86, 64, 75, 48][index % 4] ?? 60}%`} radius="sm" />
        ))}
      {stage > 1 && (
        <div className={classes.actions}>
          <span>{what ?? t('Loading…')}</span>
          {onCancel !== undefined && (
            <Button variant="default" size="compact-sm" onClick={onCancel}>
              {t('Cancel')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

function useStage(): number {
  const [stage, setStage] = useState(0);
  useEffect(() => {
    const timers = [APPEARS_AFTER_MS, SAYS_AFTER_MS].map((after, index) =>
      setTimeout(() => {
        setStage(index + 1);
      }, after),
    );
    return () => {
      timers.forEach(clearTimeout);
    };
  }, []);
  return stage;
}
