import type { ReactNode } from 'react';
import classes from './toolbar.module.css';

interface ToolbarProps {
  /** Name for screen readers: `Trace view`. */
  readonly label: string;
  readonly children: ReactNode;
}

/** The bar of controls at the top of a view. */
export function Toolbar({ label, children }: ToolbarProps) {
  return (
    <div className={classes.toolbar} role="toolbar" aria-label={label}>
      {children}
    </div>
  );
}

/** Pushes what follows to the far end of a toolbar. */
export function ToolbarSpace() {
  return <div className={classes.space} />;
}
