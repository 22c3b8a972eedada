import { Button, Group, NumberInput, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import type { RulePreview } from '../../../shared/contract/sync.ts';
import { client } from '../../state/client.ts';
import { plural, t } from '../../texts/translate.ts';
import { secondsText } from './words.ts';
import classes from './sync-graph.module.css';

interface RuleFormProps {
  readonly session: { readonly path: string; readonly sessionId?: string };
  readonly devices: readonly string[];
  readonly onKept: () => void;
}

type RuleName = 'filematch' | 'commonTriggersOverlappingEpochs' | 'randomPulses';

/** A new sync rule: what it would relate is shown before it is kept. */
export function RuleForm({ session, devices, onKept }: RuleFormProps) {
  const [name, setName] = useState<RuleName>('commonTriggersOverlappingEpochs');
  const [least, setLeast] = useState(1);
  const [first, setFirst] = useState({ device: devices[0] ?? '', channel: '' });
  const [second, setSecond] = useState({ device: devices[1] ?? '', channel: '' });
  const [preview, setPreview] = useState<RulePreview | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const rule = { class: name, parameters: parametersOf(name, least, first, second) };
  const act = async (work: () => Promise<void>) => {
    setMessage(null);
    try {
      await work();
    } catch (thrown) {
      setMessage(toNdiError(thrown).message);
    }
  };
  const changed = () => setPreview(null);
  return (
    <section aria-label={t('Add a sync rule')} onChange={changed}>
      <h2>{t('Add a sync rule')}</h2>
      <div className={classes.fields}>
        <Select
          label={t('Rule')}
          data={[
            { value: 'commonTriggersOverlappingEpochs', label: t('Pulses that both devices saw') },
            { value: 'randomPulses', label: t('Pulses at random intervals') },
            { value: 'filematch', label: t('Epochs that share files') },
          ]}
          value={name}
          onChange={(value) => {
            changed();
            if (value !== null) setName(value);
          }}
          allowDeselect={false}
        />
        {name === 'filematch' ? null : (
          <>
            <Side label={t('First device')} devices={devices} side={first} onChange={setFirst} />
            <Side label={t('Second device')} devices={devices} side={second} onChange={setSecond} />
          </>
        )}
        {name !== 'randomPulses' && (
          <NumberInput
            label={t('Files shared, at least')}
            value={least}
            min={1}
            allowDecimal={false}
            onChange={(value) => setLeast(Number(value) || 1)}
          />
        )}
        <Group gap="xs">
          <Button
            variant="default"
            onClick={() => void act(async () => setPreview(await client.sync.preview({ ...session, rule })))}
          >
            {t('Preview')}
          </Button>
          <Button
            disabled={preview === null || preview.links.every(({ fit }) => fit === null)}
            onClick={() =>
              void act(async () => {
                await client.sync.addRule({ ...session, rule });
                onKept();
              })
            }
          >
            {t('Keep the rule')}
          </Button>
        </Group>
      </div>
      <div role="status">
        {message !== null && <p className={classes.bad}>{message}</p>}
        {preview !== null && <Preview preview={preview} />}
      </div>
    </section>
  );
}

interface SideValue {
  readonly device: string;
  readonly channel: string;
}

interface SideProps {
  readonly label: string;
  readonly devices: readonly string[];
  readonly side: SideValue;
  readonly onChange: (side: SideValue) => void;
}

function Side({ label, devices, side, onChange }: SideProps) {
  return (
    <Group gap="xs" grow>
      <Select
        label={label}
        data={[...devices]}
        value={side.device}
        onChange={(device) => onChange({ ...side, device: device ?? '' })}
        allowDeselect={false}
      />
      <TextInput
        label={t('Pulse channel')}
        placeholder="dep1, mk1"
        value={side.channel}
        onChange={(event) => onChange({ ...side, channel: event.currentTarget.value })}
      />
    </Group>
  );
}

function Preview({ preview: { rule, links, linksNotShown } }: { readonly preview: RulePreview }) {
  if (links.length === 0) return <p className={classes.bad}>{rule.reason ?? t('It would relate nothing.')}</p>;
  return (
    <>
      <p className={classes.quiet}>
        {plural(
          links.length + linksNotShown,
          'It relates {{count}} pair of epochs:',
          'It relates {{count}} pairs of epochs:',
        )}
      </p>
      <ul className={classes.hops}>
        {links.slice(0, 10).map(({ a, b, fit, reason }) => (
          <li key={`${a.device} ${a.epochId} ${b.device} ${b.epochId}`}>
            <span translate="no">{`${a.device} – ${b.device}`}</span>
            {': '}
            {fit === null
              ? reason
              : t('residual {{residual}}, drift {{drift}} ppm', {
                  residual: fit.residualMaxSec === null ? '–' : secondsText(fit.residualMaxSec),
                  drift: (fit.driftPpm ?? 0).toFixed(1),
                })}
          </li>
        ))}
      </ul>
    </>
  );
}

function parametersOf(name: RuleName, least: number, first: SideValue, second: SideValue): Record<string, unknown> {
  if (name === 'filematch') return { number_fullpath_matches: least };
  const pulses = {
    daqsystem1_name: first.device,
    daqsystem2_name: second.device,
    daqsystem_ch1: first.channel,
    daqsystem_ch2: second.channel,
    errorOnFailure: false,
  };
  return name === 'randomPulses' ? pulses : { ...pulses, minEmbeddedFileOverlap: least };
}
