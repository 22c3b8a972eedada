import type { IDockviewPanelProps } from 'dockview-react';
import { Suspense, useEffect, useMemo, useState, type ComponentType } from 'react';
import { LoadingState } from '../../components/loading-state.tsx';
import { PanelContext, type OpenPanel } from '../../state/panels.ts';
import { panelTable } from '../panel-table.ts';
import { PanelBoundary } from './panel-boundary.tsx';
import classes from './panel-frame.module.css';

/** What stands around every panel: its identity, its loading, and the net that catches its faults. */
export function PanelFrame({ api, params }: IDockviewPanelProps<Pick<OpenPanel, 'kind' | 'params'>>) {
  const [visible, setVisible] = useState(api.isVisible);
  const [title, setTitle] = useState(api.title ?? '');
  useEffect(() => {
    const watched = [
      api.onDidVisibilityChange((event) => {
        setVisible(event.isVisible);
      }),
      api.onDidTitleChange((event) => {
        setTitle(event.title);
      }),
    ];
    return () => {
      for (const watch of watched) watch.dispose();
    };
  }, [api]);
  const identity = useMemo(() => ({ id: api.id, kind: params.kind, visible }), [api.id, params.kind, visible]);
  // The table pairs each kind with the component for its parameters, which TypeScript cannot follow through a union.
  const Panel = panelTable[params.kind].component as ComponentType<{ params: unknown }>;

  return (
    <PanelContext value={identity}>
      <section
        className={classes.frame}
        data-panel-id={api.id}
        data-panel-kind={params.kind}
        tabIndex={-1}
        aria-label={title}
      >
        <PanelBoundary panelId={api.id} title={title} onClose={() => api.close()}>
          <Suspense fallback={<LoadingState />}>
            <Panel params={params.params} />
          </Suspense>
        </PanelBoundary>
      </section>
    </PanelContext>
  );
}
