import { Button, Group, Menu, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useStore } from 'zustand';
import { t } from '../../texts/translate.ts';
import { CheckItem } from './check-item.tsx';
import {
  bandEdges,
  bandName,
  bands,
  bandText,
  parseHertz,
  referenceName,
  references,
  type ProcessingSettings,
} from './model/processing.ts';
import { change, type TraceStore } from './trace-store.ts';

/** Band and reference of the analog inputs: shown in the view only, the recording stays as it is. */
export function ProcessingMenu({ store }: { readonly store: TraceStore }) {
  const processing = useStore(store, (state) => state.settings.processing);
  const set = (changed: Partial<ProcessingSettings>) => change(store, { processing: { ...processing, ...changed } });
  const reference = processing.reference === 'none' ? '' : ` · ${shortReference(processing.reference)}`;
  return (
    <Menu closeOnItemClick={false} position="bottom-start" trapFocus={false}>
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
            onClick={() => set({ band })}
          />
        ))}
        {processing.band === 'custom' && <CustomBand processing={processing} onChange={set} />}
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
  );
}

function shortReference(reference: 'median' | 'average'): string {
  return reference === 'median' ? t('median') : t('average');
}

interface CustomBandProps {
  readonly processing: ProcessingSettings;
  readonly onChange: (changed: Partial<ProcessingSettings>) => void;
}

function CustomBand({ processing, onChange }: CustomBandProps) {
  return (
    <Group gap={6} px="sm" pb={6} wrap="nowrap">
      <HertzField label={t('From')} value={processing.low} onValue={(low) => onChange({ low })} />
      <HertzField label={t('to')} value={processing.high} onValue={(high) => onChange({ high })} />
    </Group>
  );
}

interface HertzFieldProps {
  readonly label: string;
  readonly value: number | null;
  readonly onValue: (value: number | null) => void;
}

/** A frequency; empty leaves that side of the band open. Enter or leaving the field takes it. */
function HertzField({ label, value, onValue }: HertzFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const parsed = typed === null ? value : parseHertz(typed);
  const take = () => {
    if (parsed !== undefined && parsed !== value) onValue(parsed);
    setTyped(null);
  };
  return (
    <TextInput
      label={label}
      w={90}
      placeholder={t('open')}
      value={typed ?? (value === null ? '' : `${value} Hz`)}
      error={parsed === undefined}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.key === 'Enter') take();
      }}
    />
  );
}
