import { ActionIcon, Button, NumberInput, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { useId } from 'react';
import type { ProbeChoice } from '../../../../shared/model/import-plan/choices.ts';
import { probeTypes } from '../../../../shared/model/probe-types.ts';
import { t } from '../../../texts/translate.ts';
import shared from '../import.module.css';
import classes from './probe-rows.module.css';
import { EditField } from './edit-field.tsx';

interface ProbeRowsProps {
  readonly probes: readonly ProbeChoice[];
  /** All channels of the recording. */
  readonly channelList: string;
  readonly onChange: (probes: readonly ProbeChoice[]) => void;
  /** Back to what the scan proposes; null where nothing else was said. */
  readonly onReset: (() => void) | null;
}

/** The probes of a recording: name, reference, type and channels of each. */
export function ProbeRows({ probes, channelList, onChange, onReset }: ProbeRowsProps) {
  const types = useId();
  const put = (at: number, change: Partial<ProbeChoice>) =>
    onChange(probes.map((probe, index) => (index === at ? { ...probe, ...change } : probe)));
  return (
    <fieldset className={classes.probes}>
      <legend>{t('Probes')}</legend>
      <datalist id={types}>
        {probeTypes.map((type) => (
          <option key={type} value={type} />
        ))}
      </datalist>
      {probes.map((probe, at) => (
        <div key={at} className={classes.probe} role="group" aria-label={t('Probe {{n}}', { n: at + 1 })}>
          <EditField value={probe.name} onCommit={(name) => put(at, { name })}>
            {(field) => <TextInput {...field} label={t('Name')} />}
          </EditField>
          <NumberInput
            label={t('Reference')}
            value={probe.reference}
            min={0}
            allowDecimal={false}
            onChange={(value) => {
              if (typeof value === 'number' && value !== probe.reference) put(at, { reference: value });
            }}
          />
          <EditField value={probe.type} onCommit={(type) => put(at, { type })}>
            {(field) => <TextInput {...field} label={t('Type')} list={types} />}
          </EditField>
          <EditField value={probe.channels} onCommit={(channels) => put(at, { channels })}>
            {(field) => <TextInput {...field} label={t('Channels')} placeholder={channelList} />}
          </EditField>
          <ActionIcon
            aria-label={t('Remove the probe {{name}}', { name: probe.name })}
            onClick={() => onChange(probes.filter((_, index) => index !== at))}
          >
            <IconTrash size={16} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <div className={shared.buttons}>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange([...probes, nextProbe(probes, channelList)])}
        >
          {t('Add a probe')}
        </Button>
        {onReset !== null && (
          <Button variant="subtle" size="compact-sm" onClick={onReset}>
            {t('As proposed')}
          </Button>
        )}
      </div>
    </fieldset>
  );
}

function nextProbe(probes: readonly ProbeChoice[], channelList: string): ProbeChoice {
  const name = `probe${probes.length + 1}`;
  return { name, reference: 1, type: 'n-trode', channels: channelList.split(';')[0] ?? 'ai1' };
}
