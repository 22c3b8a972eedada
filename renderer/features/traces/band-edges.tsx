import { Button, Group, Popover, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { t } from '../../texts/translate.ts';
import { bandEdges, bandText, parseHertz, type ProcessingSettings } from './model/processing.ts';

interface BandEdgesProps {
  readonly processing: ProcessingSettings;
  readonly opened: boolean;
  readonly onOpen: (opened: boolean) => void;
  readonly onChange: (changed: Partial<ProcessingSettings>) => void;
}

/** The edges of the custom band, and the fields to change them: a dialog, for a menu has no room for typing. */
export function BandEdges({ processing, opened, onOpen, onChange }: BandEdgesProps) {
  const button = useRef<HTMLButtonElement>(null);
  const text = bandText(bandEdges(processing));
  const done = () => {
    onOpen(false);
    button.current?.focus();
  };
  return (
    <Popover
      opened={opened}
      onChange={onOpen}
      position="bottom-start"
      shadow="md"
      trapFocus
      closeOnEscape={false}
      transitionProps={{ duration: 0 }}
    >
      <Popover.Target>
        <Button
          ref={button}
          variant="light"
          size="compact-sm"
          aria-label={t('Edges of the band: {{edges}}', { edges: text })}
          title={t('Change the edges of the band')}
          onClick={() => onOpen(!opened)}
        >
          {text}
        </Button>
      </Popover.Target>
      <Popover.Dropdown
        aria-label={t('Edges of the band')}
        onKeyDown={(event) => {
          if (event.key === 'Escape') done();
          // The keys of the view behind are not meant.
          event.stopPropagation();
        }}
      >
        <Group gap={8} wrap="nowrap" align="flex-start">
          <HertzField label={t('From')} value={processing.low} onValue={(low) => onChange({ low })} onDone={done} />
          <HertzField label={t('to')} value={processing.high} onValue={(high) => onChange({ high })} onDone={done} />
        </Group>
      </Popover.Dropdown>
    </Popover>
  );
}

interface HertzFieldProps {
  readonly label: string;
  readonly value: number | null;
  readonly onValue: (value: number | null) => void;
  readonly onDone: () => void;
}

/** A frequency; empty leaves that side of the band open. Leaving the field takes it; Enter is done with both. */
function HertzField({ label, value, onValue, onDone }: HertzFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const parsed = typed === null ? value : parseHertz(typed);
  const take = () => {
    if (parsed !== undefined && parsed !== value) onValue(parsed);
    setTyped(null);
  };
  return (
    <TextInput
      label={label}
      w={130}
      placeholder={t('open')}
      value={typed ?? (value === null ? '' : `${value} Hz`)}
      error={parsed === undefined && t('Write 300 Hz, 6 kHz, or nothing')}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing || parsed === undefined) return;
        // The button that gets the focus would take the same key for a press.
        event.preventDefault();
        take();
        onDone();
      }}
    />
  );
}
