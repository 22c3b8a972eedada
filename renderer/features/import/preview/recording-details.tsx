import { Button, NativeSelect, TextInput } from '@mantine/core';
import type { CallOutputs } from '../../../../shared/contract/contract.ts';
import { MATRIX_MARK } from '../../../../shared/contract/raw-matrix.ts';
import type { ScannedRecording } from '../../../../shared/contract/imports.ts';
import type { ImportChoices, RecordingEdit } from '../../../../shared/model/import-plan/choices.ts';
import { readerName } from '../../../../shared/model/import-plan/check.ts';
import type { PlannedRecording } from '../../../../shared/model/import-plan/planned.ts';
import { ElidedText } from '../../../components/elided-text.tsx';
import { client } from '../../../state/client.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { formatNumber, formatSeconds, plural, t } from '../../../texts/translate.ts';
import shared from '../import.module.css';
import classes from './recording-details.module.css';
import { MatrixButton } from '../matrix/matrix-button.tsx';
import { Thumbnail } from '../thumbnail/thumbnail.tsx';
import { EditField } from './edit-field.tsx';
import { withEdit } from './edit-choices.ts';
import { ProbeRows } from './probe-rows.tsx';

interface RecordingDetailsProps {
  readonly planned: PlannedRecording<ScannedRecording>;
  readonly choices: ImportChoices;
  readonly onChange: (next: ImportChoices) => void;
  readonly alike: (key: string) => readonly string[];
}

/** One recording of an epoch: its facts, and device, reader, subject and probes as they will be. */
export function RecordingDetails({ planned, choices, onChange, alike }: RecordingDetailsProps) {
  const { found, device, probes } = planned;
  const { value: readers = [] } = useAnswer(`readers ${found.path}`, (signal) =>
    client.imports.readers({ path: found.path }, { signal }),
  );
  const edit = choices.recordings[found.key] ?? {};
  const say = (change: RecordingEdit) => onChange(withEdit(choices, [found.key], change));
  const others = alike(found.key).filter((key) => key !== found.key);
  const { device: saidDevice, reader, probes: saidProbes } = edit;
  const isSpecial = saidDevice !== undefined || reader !== undefined || saidProbes !== undefined;
  return (
    <article className={classes.recording} aria-label={found.key}>
      <Thumbnail source={{ path: found.path }} />
      <p className={shared.quiet} translate="no">
        {found.why[0]}
      </p>
      <div className={shared.editRow}>
        <EditField
          value={device}
          onCommit={(text) => say({ device: text === '' || text === found.device ? undefined : text })}
        >
          {(field) => <TextInput {...field} label={t('Device')} className={shared.input} />}
        </EditField>
        <ReaderField planned={planned} readers={readers} onChoose={(chosen) => say({ reader: chosen })} />
        <EditField value={edit.subject ?? ''} onCommit={(text) => say({ subject: text === '' ? undefined : text })}>
          {(field) => (
            <TextInput
              {...field}
              label={t('Subject')}
              placeholder={planned.subject === '' ? t('as for the session') : planned.subject}
              className={shared.input}
            />
          )}
        </EditField>
      </div>
      <ProbeRows
        probes={probes.map(({ deviceString, ...probe }) => ({
          name: probe.name,
          reference: probe.reference,
          type: probe.type,
          channels: deviceString.slice(deviceString.indexOf(':') + 1),
        }))}
        channelList={found.channelList}
        onChange={(next) => say({ probes: next })}
        onReset={saidProbes === undefined ? null : () => say({ probes: undefined })}
      />
      {isSpecial && others.length > 0 && (
        <Button
          variant="default"
          className={classes.alike}
          onClick={() => onChange(withEdit(choices, others, { device: saidDevice, reader, probes: saidProbes }))}
        >
          {plural(
            others.length,
            'Say the same of the other recording of this device',
            'Say the same of the {{count}} other recordings of this device',
          )}
        </Button>
      )}
      <Facts planned={planned} readers={readers} others={others} />
    </article>
  );
}

interface ReadersProps {
  readonly planned: PlannedRecording<ScannedRecording>;
  /** The readers of NDI that can read the recording; none while they are asked for. */
  readonly readers: CallOutputs['imports']['readers'];
}

interface ReaderFieldProps extends ReadersProps {
  readonly onChoose: (reader: RecordingEdit['reader']) => void;
}

function ReaderField({ planned: { found, reader }, readers, onChoose }: ReaderFieldProps) {
  const name = readerName(reader);
  return (
    <NativeSelect
      label={t('Read in NDI by')}
      value={name}
      data={readers.length === 0 ? [name] : readers.map((one) => ({ value: readerName(one), label: one.name }))}
      onChange={(event) => {
        const chosen = readers.find((one) => readerName(one) === event.currentTarget.value);
        if (chosen === undefined) return;
        const { readerClass, readerArgument } = chosen;
        const isProposed = readerName(chosen) === readerName(found.reader);
        onChoose(isProposed ? undefined : { readerClass, ...(readerArgument === undefined ? {} : { readerArgument }) });
      }}
      className={shared.input}
    />
  );
}

interface FactsProps extends ReadersProps {
  /** Keys of the other recordings of the device. */
  readonly others: readonly string[];
}

function Facts({ planned: { found, reader }, readers, others }: FactsProps) {
  const place = found.path.slice(0, -found.key.length);
  const { sampleRate } = found;
  // Another reader of NDI may tell another clock.
  const clocks = readers.find((one) => readerName(one) === readerName(reader))?.clocks ?? found.clocks;
  return (
    <dl className={classes.facts}>
      <dt>{t('Format')}</dt>
      <dd className={classes.format}>
        <span translate="no">{[found.formatName, found.version].filter((part) => part !== '').join(' ')}</span>
        {found.files.includes(found.path) && (
          <MatrixButton
            file={found.path}
            alike={others.map((key) => `${place}${key}`)}
            isMatrix={found.format === MATRIX_MARK}
          />
        )}
      </dd>
      {found.make !== '' && (
        <>
          <dt>{t('Made by')}</dt>
          <dd translate="no">{found.make}</dd>
        </>
      )}
      <dt>{t('Why')}</dt>
      <dd translate="no">
        <ul className={classes.plain}>
          {found.why.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </dd>
      <dt>{t('Channels')}</dt>
      <dd>
        {formatNumber(found.channels)} <span translate="no">{found.channelList}</span>
      </dd>
      {sampleRate !== null && (
        <>
          <dt>{t('Rate')}</dt>
          <dd>{t('{{rate}} samples a second', { rate: sampleRate })}</dd>
        </>
      )}
      <dt>{t('Length')}</dt>
      <dd>{formatSeconds(found.duration)}</dd>
      <dt>{t('Clocks')}</dt>
      <dd>
        <ul className={classes.plain}>
          {clocks.map(({ type, t0, t1 }) => (
            <li key={type}>
              {t('{{clock}}: {{from}} to {{to}} s', {
                clock: type,
                from: formatNumber(t0, 4),
                to: formatNumber(t1, 4),
              })}
            </li>
          ))}
        </ul>
      </dd>
      <dt>{t('Files')}</dt>
      <dd>
        <ul className={classes.plain}>
          {found.files.map((file) => (
            <li key={file}>
              <ElidedText text={file} mono />
            </li>
          ))}
        </ul>
      </dd>
    </dl>
  );
}
