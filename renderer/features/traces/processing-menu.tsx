import { Button, Menu } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import { t } from '../../texts/translate.ts';
import { BandEdges } from './band-edges.tsx';
import { CheckItem } from './check-item.tsx';
import {
  bandEdges,
  bandName,
  bands,
  bandText,
  referenceName,
  references,
  type ProcessingSettings,
} from './model/processing.ts';
import { change, type TraceStore } from './trace-store.ts';

/** Band and reference of the analog inputs: shown in the view only, the recording stays as it is. */
export function ProcessingMenu({ store }: { readonly store: TraceStore }) {
  const processing = useStore(store, (state) => state.settings.processing);
  const set = (changed: Partial<ProcessingSettings>) => change(store, { processing: { ...processing, ...changed } });
  const [menu, setMenu] = useState(false);
  const [edges, setEdges] = useState(false);
  // The dialog of the edges has the focus then, and gives it back itself.
  const [leftForEdges, setLeftForEdges] = useState(false);
  const showMenu = (opened: boolean) => {
    setMenu(opened);
    if (opened) setLeftForEdges(false);
  };
  const take = (band: ProcessingSettings['band']) => {
    set({ band });
    if (band !== 'custom') return;
    // Its edges are asked for at once.
    setLeftForEdges(true);
    setMenu(false);
    setEdges(true);
  };
  const reference = processing.reference === 'none' ? '' : ` · ${shortReference(processing.reference)}`;
  return (
    <>
      <Menu
        opened={menu}
        onChange={showMenu}
        closeOnItemClick={false}
        position="bottom-start"
        returnFocus={!leftForEdges}
      >
        <Menu.Target>
          <Button
            variant={processing.band === 'raw' && reference === '' ? 'subtle' : 'light'}
            color={processing.band === 'raw' && reference === '' ? 'gray' : 'accent'}
            size="compact-sm"
            title={t('Band and reference')}
            data-testid="band"
          >
            {bandName(processing.band)}
            {reference}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('Band of the analog inputs')}</Menu.Label>
          {bands.map((band) => (
            <CheckItem
              key={band}
              kind="menuitemradio"
              checked={processing.band === band}
              label={`${bandName(band)}: ${bandText(bandEdges({ ...processing, band }))}`}
              onClick={() => take(band)}
            />
          ))}
          <CheckItem
            kind="menuitemcheckbox"
            checked={processing.phase === 'causal'}
            label={t('Causal, as amplifiers filter (delays the signal)')}
            onClick={() => set({ phase: processing.phase === 'causal' ? 'zero' : 'causal' })}
          />
          <Menu.Divider />
          <Menu.Label>{t('Taken away at each sample')}</Menu.Label>
          {references.map((one) => (
            <CheckItem
              key={one}
              kind="menuitemradio"
              checked={processing.reference === one}
              label={referenceName(one)}
              onClick={() => set({ reference: one })}
            />
          ))}
        </Menu.Dropdown>
      </Menu>
      {processing.band === 'custom' && (
        <BandEdges processing={processing} opened={edges} onOpen={setEdges} onChange={set} />
      )}
    </>
  );
}

function shortReference(reference: 'median' | 'average'): string {
  return reference === 'median' ? t('median') : t('average');
}
