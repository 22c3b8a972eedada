import { Button, Menu, SegmentedControl } from '@mantine/core';
import { IconArrowBackUp, IconFileTypeCsv, IconPlus, IconRefresh } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { SyncEdge, SyncGraphInfo } from '../../../shared/contract/sync.ts';
import { PictureMenu } from '../../components/graph/picture-menu.tsx';
import { saveFile } from '../../components/save-file.ts';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import { plural, t } from '../../texts/translate.ts';
import { edgesAsCsv } from './edge-table.tsx';

export type View = 'graph' | 'table';

interface ClocksToolbarProps {
  readonly graph: SyncGraphInfo;
  readonly links: readonly SyncEdge[];
  readonly view: View;
  /** How many clusters are opened, one inside the other. */
  readonly depth: number;
  readonly onView: (view: View) => void;
  readonly onUp: () => void;
  readonly onAddRule: () => void;
  readonly onReload: () => void;
}

export function ClocksToolbar(props: ClocksToolbarProps) {
  const { graph, links, view, depth, onView, onUp, onAddRule, onReload } = props;
  const up = useRef<HTMLButtonElement>(null);
  // What had the focus is gone when a cluster opens: the way back takes it, once the key that opened it is done with.
  useEffect(() => {
    const frame = depth > 0 ? requestAnimationFrame(() => up.current?.focus({ preventScroll: true })) : 0;
    return () => cancelAnimationFrame(frame);
  }, [depth]);
  return (
    <Toolbar label={t('Clocks')}>
      <SegmentedControl
        aria-label={t('Show as')}
        value={view}
        onChange={(value) => onView(value === 'table' ? 'table' : 'graph')}
        data={[
          { value: 'graph', label: t('Graph') },
          { value: 'table', label: t('Table') },
        ]}
      />
      <span>
        {plural(graph.nodes.length, '{{count}} clock of an epoch', '{{count}} clocks of epochs')}
        {', '}
        {plural(graph.rules.length, '{{count}} rule', '{{count}} rules')}
      </span>
      {depth > 0 && (
        <Button ref={up} variant="default" leftSection={<IconArrowBackUp size={16} aria-hidden />} onClick={onUp}>
          {depth > 1 ? t('More epochs') : t('All epochs')}
        </Button>
      )}
      <ToolbarSpace />
      <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={onAddRule}>
        {t('Add a sync rule')}
      </Button>
      <PictureMenu png="sync.savePicture" svg="sync.saveDrawing">
        <Menu.Item
          leftSection={<IconFileTypeCsv size={16} aria-hidden />}
          onClick={() => saveFile(new Blob([edgesAsCsv(links)], { type: 'text/csv' }), 'clock-links.csv')}
        >
          {t('Save the links as CSV')}
        </Menu.Item>
      </PictureMenu>
      <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onReload}>
        {t('Read again')}
      </Button>
    </Toolbar>
  );
}
