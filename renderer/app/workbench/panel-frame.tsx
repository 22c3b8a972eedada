import type { IDockviewPanelProps } from 'dockview-react';
import { useEffect, useMemo, useState } from 'react';
import { useAwayWindow } from '../../state/away.ts';
import { PanelContext, type OpenPanel } from '../../state/panels.ts';
import { AwayNote } from './away-note.tsx';
import { PanelBoundary } from './panel-boundary.tsx';
import { PanelContent } from './panel-content.tsx';
import classes from './panel-frame.module.css';
import { useDockTitle } from './use-dock-title.ts';

/** What stands around every panel: its identity, its loading, and the net that catches its faults. */
export function PanelFrame({ api, params }: IDockviewPanelProps<Pick<OpenPanel, 'kind' | 'params'>>) {
  const [visible, setVisible] = useState(api.isVisible);
  /** Counts the new beginnings after a fault. */
  const [beginning, setBeginning] = useState(0);
  const title = useDockTitle(api);
  const isAway = useAwayWindow(api.id) !== undefined;
  useEffect(() => {
    const watch = api.onDidVisibilityChange((event) => {
      setVisible(event.isVisible);
    });
    return () => {
      watch.dispose();
    };
  }, [api]);
  const identity = useMemo(() => ({ id: api.id, kind: params.kind, visible }), [api.id, params.kind, visible]);

  return (
    <PanelContext value={identity}>
      <section
        className={classes.frame}
        data-panel-id={api.id}
        data-panel-kind={params.kind}
        tabIndex={-1}
        aria-label={title}
      >
        <PanelBoundary
          key={beginning}
          panelId={api.id}
          title={title}
          onReload={(fault) => {
            // A browser keeps a part of the page that it could not fetch as failed: only a new page fetches it again.
            if (fault instanceof TypeError && fault.message.includes('import')) location.reload();
            setBeginning(beginning + 1);
          }}
          onClose={() => api.close()}
        >
          {isAway ? <AwayNote id={api.id} title={title} /> : <PanelContent kind={params.kind} params={params.params} />}
        </PanelBoundary>
      </section>
    </PanelContext>
  );
}
