import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { t } from '../../texts/translate.ts';
import type { TraceStore } from './trace-store.ts';
import classes from './view-notice.module.css';

/** Says that something could not be read while the view goes on showing what it has. */
export function ViewNotice({ store, onRetry }: { readonly store: TraceStore; readonly onRetry: () => void }) {
  const error = useStore(store, (state) => state.error);
  const hasPicture = useStore(store, (state) => state.frames.length > 0);
  if (error === null) return null;
  return (
    <div className={classes.notice} role="alert">
      <IconAlertTriangle size={16} aria-hidden />
      <span className={classes.text} translate="no">
        {error.message} {hasPicture ? t('What was read before is still shown.') : error.recovery}
      </span>
      <Button size="compact-sm" variant="default" onClick={onRetry}>
        {t('Try again')}
      </Button>
    </div>
  );
}
