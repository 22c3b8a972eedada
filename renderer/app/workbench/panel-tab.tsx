import { IconX } from '@tabler/icons-react';
import type { IDockviewPanelHeaderProps } from 'dockview-react';
import { closePanel, type OpenPanel, type PanelKind } from '../../state/panels.ts';
import { t } from '../../texts/translate.ts';
import classes from './panel-frame.module.css';
import { useDockTitle } from './use-dock-title.ts';

/** Panels whose titles are words of ours; the others are named after data. */
const OWN_WORDS: readonly PanelKind[] = ['start', 'settings', 'jobs', 'shortcuts'];

/** A panel's tab: its title and the way to close it. Double-click maximises, the middle button closes. */
export function PanelTab({ api, params }: IDockviewPanelHeaderProps<Pick<OpenPanel, 'kind'>>) {
  const title = useDockTitle(api);
  return (
    <div
      className={classes.tab}
      data-tab-of={api.id}
      title={title}
      translate={OWN_WORDS.includes(params.kind) ? undefined : 'no'}
      onDoubleClick={() => {
        if (api.isMaximized()) api.exitMaximized();
        else api.maximize();
      }}
      onAuxClick={(event) => {
        if (event.button === 1) closePanel(api.id);
      }}
    >
      <span className={classes.tabTitle}>{title}</span>
      {/* For the pointer only: a tab may hold no other control. By keyboard the command `panel.close` does it. */}
      <span
        className={classes.close}
        aria-hidden
        title={t('Close {{panel}}', { panel: title })}
        onPointerDown={(event) => {
          event.stopPropagation();
        }}
        onClick={(event) => {
          event.stopPropagation();
          closePanel(api.id);
        }}
      >
        <IconX size={14} />
      </span>
    </div>
  );
}
