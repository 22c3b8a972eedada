import type { DockviewPanelApi } from 'dockview-react';
import { useCallback, useSyncExternalStore } from 'react';

/** The title of a panel, also where it was set between the first drawing and the first effect. */
export function useDockTitle(api: DockviewPanelApi): string {
  const subscribe = useCallback(
    (listener: () => void) => {
      const watch = api.onDidTitleChange(listener);
      return () => {
        watch.dispose();
      };
    },
    [api],
  );
  return useSyncExternalStore(subscribe, () => api.title ?? '');
}
