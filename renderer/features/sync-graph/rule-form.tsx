import { Button, Group, Select } from '@mantine/core';
import { useState } from 'react';
import { toNdiError } from '../../../shared/contract/client-errors.ts';
import type { RulePreview } from '../../../shared/contract/sync.ts';
import type { JsonObject } from '../../../shared/model/document-json.ts';
import {
  defaultParameters,
  parameterFault,
  ruleParameters,
  type SyncRuleName,
} from '../../../shared/model/sync-rules.ts';
import { client } from '../../state/client.ts';
import { undoAction } from '../../state/edits.ts';
import { showMessage } from '../../state/messages.ts';
import type { Place } from '../../state/place.ts';
import { t } from '../../texts/translate.ts';
import { RuleField } from './rule-field.tsx';
import { RulePreviewList } from './rule-preview.tsx';
import { ruleTitle } from './words.ts';
import classes from './sync-graph.module.css';

interface RuleFormProps {
  readonly session: Place;
  readonly devices: readonly string[];
  /** The two that are to be related, where somebody said so. */
  readonly pair: readonly [string, string] | null;
  readonly onKept: () => void;
}

const names: readonly SyncRuleName[] = ['commonTriggersOverlappingEpochs', 'randomPulses', 'filefind', 'filematch'];

/** A new sync rule of any kind of NDI's: what it would relate is shown before it is kept. */
export function RuleForm({ session, devices, pair, onKept }: RuleFormProps) {
  const [name, setName] = useState<SyncRuleName>('commonTriggersOverlappingEpochs');
  const [first, second] = pair ?? [devices[0] ?? '', devices[1] ?? ''];
  const [parameters, setParameters] = useState<JsonObject>(() => startWith(name, first, second));
  const [preview, setPreview] = useState<RulePreview | null>(null);
  const [message, setMessage] = useState<string | null>(null);
  const [tried, setTried] = useState(false);
  const rule = { class: name, parameters };
  const faults = new Map(
    ruleParameters(name).map(([parameter, { kind }]) => [
      parameter,
      parameterFault(kind, parameters[parameter] ?? null),
    ]),
  );
  const change = (next: JsonObject) => {
    setParameters(next);
    setPreview(null);
    setMessage(null);
  };
  const act = async (work: () => Promise<void>) => {
    setMessage(null);
    try {
      await work();
    } catch (thrown) {
      const error = toNdiError(thrown);
      setMessage(`${error.message} ${error.recovery}`);
    }
  };
  const tryRule = () => {
    setTried(true);
    if ([...faults.values()].some((fault) => fault !== null)) return;
    void act(async () => setPreview(await client.sync.preview({ ...session, rule })));
  };
  const keep = () =>
    act(async () => {
      await client.sync.addRule({ ...session, rule });
      showMessage({
        tone: 'success',
        title: t('Added the sync rule {{name}}.', { name }),
        actions: [undoAction(session.path)],
      });
      onKept();
    });
  return (
    <section aria-label={t('Add a sync rule')}>
      <h2>{t('Add a sync rule')}</h2>
      <div className={classes.fields}>
        <Select
          label={t('Rule')}
          data={names.map((one) => ({ value: one, label: ruleTitle(one) }))}
          value={name}
          onChange={(value) => {
            if (value === null) return;
            setName(value);
            setTried(false);
            change(startWith(value, first, second));
          }}
          allowDeselect={false}
        />
        {ruleParameters(name).map(([parameter, { kind }]) => (
          <RuleField
            key={`${name} ${parameter}`}
            session={session}
            devices={devices}
            name={parameter}
            kind={kind}
            device={deviceOf(parameter, parameters)}
            value={parameters[parameter] ?? null}
            fault={tried ? (faults.get(parameter) ?? null) : null}
            onChange={(value) => change({ ...parameters, [parameter]: value })}
          />
        ))}
        <Group gap="xs">
          <Button variant="default" onClick={tryRule}>
            {t('Preview')}
          </Button>
          <Button
            disabled={preview === null || preview.links.every(({ fit }) => fit === null)}
            onClick={() => void keep()}
          >
            {t('Keep the rule')}
          </Button>
        </Group>
      </div>
      <div role="status" className={classes.outcome}>
        {message !== null && <p className={classes.bad}>{message}</p>}
        {preview !== null && <RulePreviewList preview={preview} />}
      </div>
    </section>
  );
}

/** The rule's defaults, about two devices of the session. */
function startWith(name: SyncRuleName, first: string, second: string): JsonObject {
  const devices = [first, second];
  const parameters = { ...defaultParameters(name) };
  ruleParameters(name)
    .filter(([, { kind }]) => kind === 'device')
    .forEach(([parameter], at) => (parameters[parameter] = devices[at] ?? ''));
  return parameters;
}

/** The device whose channels a parameter names. */
function deviceOf(parameter: string, parameters: JsonObject): string {
  const number = /(\d)$/.exec(parameter)?.[1];
  const device = parameters[`daqsystem${number ?? ''}_name`];
  return typeof device === 'string' ? device : '';
}
