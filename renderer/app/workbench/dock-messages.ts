import type { DockviewOptions } from 'dockview-react';
import { t } from '../../texts/translate.ts';

/** What the dock tells screen readers about changes of the layout. */
export function dockMessages(): NonNullable<DockviewOptions['messages']> {
  return {
    panelOpened: (panel) => t('Opened {{panel}}', { panel }),
    panelClosed: (panel) => t('Closed {{panel}}', { panel }),
    groupMaximized: (panel) => t('Maximized {{panel}}', { panel }),
    groupRestored: (panel) => t('Restored {{panel}}', { panel }),
    groupFloated: (panel) => t('{{panel}} floats', { panel }),
    groupDocked: (panel) => t('Docked {{panel}}', { panel }),
    groupPoppedOut: (panel) => t('{{panel}} is in a window of its own', { panel }),
  };
}
