import { Autocomplete, Checkbox, NumberInput, Select, TextInput } from '@mantine/core';
import type { JsonValue } from '../../../shared/model/document-json.ts';
import { clockNames } from '../../../shared/model/clocks.ts';
import type { RuleParameterKind } from '../../../shared/model/sync-rules.ts';
import { client } from '../../state/client.ts';
import type { Place } from '../../state/place.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { parameterLabel } from './words.ts';

interface RuleFieldProps {
  readonly session: Place;
  readonly devices: readonly string[];
  readonly name: string;
  readonly kind: RuleParameterKind;
  /** Whose channels are offered, for a channel. */
  readonly device: string;
  readonly value: JsonValue;
  /** Why the value cannot be used, or null. */
  readonly fault: string | null;
  readonly onChange: (value: JsonValue) => void;
}

/** One parameter of a sync rule. */
export function RuleField({ session, devices, name, kind, device, value, fault, onChange }: RuleFieldProps) {
  const label = parameterLabel(name);
  const text = typeof value === 'string' ? value : '';
  switch (kind) {
    case 'device':
      return (
        <Select
          label={label}
          data={[...devices]}
          value={text}
          onChange={(next) => onChange(next ?? '')}
          allowDeselect={false}
          error={fault}
        />
      );
    case 'channel':
      return (
        <ChannelField session={session} device={device} label={label} value={text} fault={fault} onChange={onChange} />
      );
    case 'text':
      return (
        <TextInput label={label} value={text} error={fault} onChange={(event) => onChange(event.currentTarget.value)} />
      );
    case 'clock':
      return (
        <Select
          label={label}
          data={[...clockNames]}
          value={text}
          onChange={(next) => onChange(next ?? '')}
          allowDeselect={false}
          error={fault}
        />
      );
    case 'count':
      return (
        <NumberInput
          label={label}
          value={typeof value === 'number' ? value : ''}
          min={1}
          allowDecimal={false}
          error={fault}
          onChange={(next) => onChange(typeof next === 'number' ? next : null)}
        />
      );
    case 'switch':
      return (
        <Checkbox
          label={label}
          checked={value === true || value === 1}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
  }
}

interface ChannelFieldProps {
  readonly session: Place;
  readonly device: string;
  readonly label: string;
  readonly value: string;
  readonly fault: string | null;
  readonly onChange: (value: string) => void;
}

/** A channel with pulses; those of the device's first epoch are offered. */
function ChannelField({ session, device, label, value, fault, onChange }: ChannelFieldProps) {
  const answer = useAnswer(JSON.stringify([session, device]), async (signal) => {
    if (device === '') return [];
    const source = { ...session, device, epoch: '1' };
    const { channels } = await client.recordings.describe({ source }, { signal });
    return channels.flatMap(({ type, name, number }) => {
      if (type === 'event' || type === 'marker') return [name];
      return type === 'digital_in' ? [`dep${number}`, `den${number}`] : [];
    });
  });
  return (
    <Autocomplete
      label={label}
      placeholder="dep1, mk1"
      // An epoch that cannot be read offers nothing; a channel may be typed all the same.
      data={[...new Set(answer.value ?? [])]}
      value={value}
      error={fault}
      limit={100}
      onChange={onChange}
    />
  );
}
