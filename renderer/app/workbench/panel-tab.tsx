import { IconX } from '@tabler/icons-react';
import type { IDockviewPanelHeaderProps } from 'dockview-react';
import { useEffect, useState } from 'react';
import { t } from '../../texts/translate.ts';
import classes from './panel-frame.module.css';

/** A panel's tab: its title and the way to close it. Double-click maximises, the middle button closes. */
export function PanelTab({ api, containerApi }: IDockviewPanelHeaderProps) {
  const [title, setTitle] = useState(api.title ?? '');
  useEffect(() => {
    const watch = api.onDidTitleChange((event) => {
      setTitle(event.title);
    });
    return () => {
      watch.dispose();
    };
  }, [api]);
  return (
    <div
      className={classes.tab}
      title={title}
      onDoubleClick={() => {
        if (api.isMaximized()) api.exitMaximized();
        else api.maximize();
      }}
      onAuxClick={(event) => {
        if (event.button === 1) containerApi.getPanel(api.id)?.api.close();
      }}
    >
      <span className={classes.tabTitle} translate="no">
        {title}
      </span>
      <button
        type="button"
        className={classes.close}
        tabIndex={-1}
        aria-label={t('Close {{panel}}', { panel: title })}
        onPointerDown={(event) => {
          event.stopPropagation();
        }}
        onClick={(event) => {
          event.stopPropagation();
          api.close();
        }}
      >
        <IconX size={14} aria-hidden />
      </button>
    </div>
  );
}
