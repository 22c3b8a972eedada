import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { useViewState } from '../../state/cache/use-view-state.ts';
import { useCommand } from '../../state/commands.ts';
import { t } from '../../texts/translate.ts';
import { SessionTree } from '../tree/session-tree.tsx';
import { focusRegion } from './regions.ts';
import classes from './workbench.module.css';

interface SideBarState {
  readonly shown: boolean;
  /** CSS pixels. */
  readonly width: number;
}

const LEAST = 160;
const MOST = 640;
const KEY_STEP = 16;

/** The session tree at the left: as wide as it was left, and hidden when it is not wanted. */
export function SideBar() {
  const [{ shown, width }, setState] = useViewState<SideBarState>('side-bar', 1, { shown: true, width: 260 }, accept);
  const dragging = useRef(0);
  useCommand('view.tree', () => {
    setState({ shown: !shown, width });
    if (!shown) requestAnimationFrame(() => focusRegion('tree'));
  });
  const resize = (next: number) => setState({ shown, width: Math.min(MOST, Math.max(LEAST, next)) });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowLeft') resize(width - KEY_STEP);
    else if (event.key === 'ArrowRight') resize(width + KEY_STEP);
    else return;
    event.preventDefault();
  };
  const onPointerMove = (event: PointerEvent) => {
    if (event.currentTarget.hasPointerCapture(event.pointerId)) resize(event.clientX - dragging.current);
  };

  if (!shown) return null;
  return (
    <aside
      className={classes.sideBar}
      style={{ width }}
      data-region="tree"
      data-tour="tree"
      aria-label={t('Sessions')}
      tabIndex={-1}
    >
      <SessionTree />
      <div
        className={classes.sash}
        role="separator"
        tabIndex={0}
        aria-orientation="vertical"
        aria-label={t('Width of the session tree')}
        aria-valuenow={width}
        aria-valuemin={LEAST}
        aria-valuemax={MOST}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          dragging.current = event.clientX - width;
          event.currentTarget.setPointerCapture(event.pointerId);
        }}
        onPointerMove={onPointerMove}
      />
    </aside>
  );
}

function accept(kept: unknown): SideBarState | undefined {
  const { shown, width } = kept as Partial<SideBarState>;
  if (typeof shown !== 'boolean' || typeof width !== 'number') return undefined;
  return { shown, width: Math.min(MOST, Math.max(LEAST, width)) };
}
