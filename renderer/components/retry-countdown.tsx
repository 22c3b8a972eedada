import { useEffect, useEffectEvent, useState } from 'react';
import { t } from '../texts/translate.ts';

const WAIT_SEC = 5;

/** Counts down and tries again: for what another program holds for a moment. */
export function RetryCountdown({ onRetry }: { readonly onRetry: () => void }) {
  const [shown, setShown] = useState(WAIT_SEC);
  const retry = useEffectEvent(onRetry);
  useEffect(() => {
    let left = WAIT_SEC;
    const timer = setInterval(() => {
      left -= 1;
      if (left === 0) {
        left = WAIT_SEC;
        retry();
      }
      setShown(left);
    }, 1000);
    return () => clearInterval(timer);
  }, []);
  return <span role="timer">{t('Trying again in {{seconds}} s', { seconds: shown })}</span>;
}
