import type { ReactNode } from 'react';
import classes from './states.module.css';

interface EmptyStateProps {
  /** One sentence: what is missing and why. */
  readonly title: string;
  /** The main way on, as a button. */
  readonly action?: ReactNode;
  /** One link beside it. */
  readonly link?: ReactNode;
}

/** A view with nothing in it: says so and offers the next step. */
export function EmptyState({ title, action, link }: EmptyStateProps) {
  return (
    <div className={classes.state}>
      <p className={classes.title}>{title}</p>
      {(action !== undefined || link !== undefined) && (
        <div className={classes.actions}>
          {action}
          {link}
        </div>
      )}
    </div>
  );
}
