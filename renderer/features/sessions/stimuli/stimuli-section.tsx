import { Anchor, Button, NativeSelect } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { SessionInfo } from '../../../../shared/contract/sessions.ts';
import type { StimulusEpoch, StimulusList } from '../../../../shared/contract/stimuli.ts';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { RowsTable } from '../../../components/table/rows-table.tsx';
import { client } from '../../../state/client.ts';
import { useCommand } from '../../../state/commands.ts';
import { undoAction } from '../../../state/edits.ts';
import type { Place } from '../../../state/place.ts';
import { usePanel } from '../../../state/panels.ts';
import { useSpanIn } from '../../../state/span-here.ts';
import { useStimuli } from '../../../state/stimuli.ts';
import { selectSpan, useSpanOf } from '../../../state/time-span.ts';
import { showError, showMessage } from '../../../state/messages.ts';
import { formatNumber, formatSeconds, plural, t } from '../../../texts/translate.ts';
import { Health, PageSection } from '../page-head.tsx';
import { varyingParameters } from './blocks.ts';
import { parameterText, presentationColumns, presentationRows } from './presentation-columns.tsx';
import { StimulusStrip } from './stimulus-strip.tsx';
import classes from './stimuli.module.css';

interface StimuliSectionProps {
  readonly place: Place;
  readonly info: SessionInfo;
}

/** What the stimulators of a session showed: blocks along the epoch and a table, on the clock of any device. */
export function StimuliSection({ place, info }: StimuliSectionProps) {
  const [clock, setClock] = useState<string | null>(null);
  const [chosen, setChosen] = useState(0);
  const answer = useStimuli(place, clock, true);
  useChosenEpoch(place, answer.value?.epochs, setChosen);
  if (answer.status === 'loading') return <LoadingState what={t('Reading the stimuli')} lines={3} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  const { epochs, problems } = answer.value;
  if (epochs.length === 0 && problems.length === 0) return null;
  const at = Math.min(chosen, epochs.length - 1);
  const epoch = epochs[at];
  return (
    <PageSection title={t('Stimuli')}>
      <DecodeOffer place={place} list={answer.value} />
      <div className={classes.head}>
        <NativeSelect
          label={t('Epoch')}
          value={String(at)}
          data={epochs.map((one, index) => ({
            value: String(index),
            label: `${one.probe} · ${one.epochId}`,
          }))}
          onChange={(event) => setChosen(Number(event.currentTarget.value))}
        />
        <NativeSelect
          label={t('Times on the clock of')}
          value={clock ?? ''}
          data={[
            { value: '', label: t('the stimulator’s own device') },
            ...info.daqSystems.map(({ name }) => ({ value: name, label: name })),
          ]}
          onChange={(event) => setClock(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        />
      </div>
      {problems.length > 0 && <Health problems={problems} />}
      {epoch !== undefined && <EpochStimuli key={`${epoch.probe} ${epoch.epochId}`} place={place} epoch={epoch} />}
    </PageSection>
  );
}

/** Shows the epoch that was chosen on a timeline. */
function useChosenEpoch(
  place: Place,
  epochs: readonly StimulusEpoch[] | undefined,
  onChoose: (index: number) => void,
): void {
  const span = useSpanOf(place);
  const wanted = epochs?.findIndex(({ device, epochId }) =>
    span?.epochs.some((one) => one.device === device && one.epochId === epochId),
  );
  const choose = useRef(onChoose);
  useEffect(() => {
    choose.current = onChoose;
  });
  useEffect(() => {
    if (wanted !== undefined && wanted >= 0) choose.current(wanted);
  }, [wanted]);
}

interface EpochStimuliProps {
  readonly place: Place;
  readonly epoch: StimulusEpoch;
}

function EpochStimuli({ place, epoch }: EpochStimuliProps) {
  // Carried times lie in an epoch of the other device.
  const carriedTo = epoch.presentations.find(({ epochId }) => epochId !== null)?.epochId;
  const source = { ...place, device: epoch.onDevice, epoch: carriedTo ?? epoch.epochId };
  const part = useSpanIn(source, usePanel()?.visible ?? true);
  const known = epoch.presentations.flatMap(({ onset, offset }) => [onset, offset].filter((time) => time !== null));
  const span = known.reduce((all, time) => ({ t0: Math.min(all.t0, time), t1: Math.max(all.t1, time) }), {
    t0: Infinity,
    t1: -Infinity,
  });
  const { constant } = varyingParameters(epoch.parameters);
  const all = presentationRows(epoch);
  const rows = part === null ? all : all.filter(({ shown }) => isWithin(shown, part));
  return (
    <>
      <p className={classes.quiet}>
        {plural(epoch.presentations.length, '{{count}} presentation', '{{count}} presentations')}
        {known.length > 0 && ` ${t('in {{length}}', { length: formatSeconds(span.t1 - span.t0) })}`}
        {`, ${t('{{clock}} of {{device}}', { clock: epoch.clock, device: epoch.onDevice })}`}
        {epoch.errorSec !== null &&
          `, ${t('good to {{error}} s', { error: formatNumber(Number(epoch.errorSec.toPrecision(2))) })}`}
      </p>
      <div className={classes.frame}>
        <StimulusStrip epoch={epoch} span={span} />
      </div>
      {constant.length > 0 && epoch.parameters.length > 0 && (
        <p className={classes.quiet}>
          {t('The same in all: {{parameters}}', {
            parameters: constant
              .slice(0, 12)
              .map((name) => `${name} ${parameterText(epoch.parameters[0]?.[name])}`)
              .join(', '),
          })}
        </p>
      )}
      {part !== null && (
        <p className={classes.quiet} role="status">
          {t('{{shown}} of {{all}} are in the time that is chosen on the timeline.', {
            shown: rows.length,
            all: all.length,
          })}{' '}
          <Anchor component="button" type="button" onClick={() => selectSpan(null)}>
            {t('Show all')}
          </Anchor>
        </p>
      )}
      <RowsTable label={t('Presentations of stimuli')} columns={presentationColumns(epoch)} rows={rows} />
    </>
  );
}

/** Whether a stimulus was shown in a stretch of its clock, at least in part. */
function isWithin(
  { onset, offset }: StimulusEpoch['presentations'][number],
  { t0, t1 }: { readonly t0: number; readonly t1: number },
): boolean {
  const start = onset ?? offset;
  return start !== null && start <= t1 && (offset ?? start) >= t0;
}

/** Says which epochs are only in the recordings, and writes them into documents. What is seen below is what is written. */
function DecodeOffer({ place, list }: { readonly place: Place; readonly list: StimulusList }) {
  const [running, setRunning] = useState(false);
  const waiting = list.epochs.filter((one) => one.documentId === null && one.presentations.length > 0);
  const decode = async () => {
    setRunning(true);
    try {
      const { decoded } = await client.stimuli.decode(place);
      showMessage({
        tone: 'success',
        title: plural(decoded, 'The stimuli of {{count}} epoch are kept', 'The stimuli of {{count}} epochs are kept'),
        actions: [undoAction(place.path)],
      });
    } catch (thrown) {
      showError(thrown);
    } finally {
      setRunning(false);
    }
  };
  useCommand('stimuli.decode', () => void decode(), {
    enabled: waiting.length > 0 && !running,
    reason: t('All stimuli are kept in documents'),
  });
  if (waiting.length === 0) return null;
  const count = waiting.reduce((sum, { presentations }) => sum + presentations.length, 0);
  return (
    <div className={classes.decode}>
      <p>
        {plural(
          waiting.length,
          'The stimuli of {{count}} epoch are only in its recording: {{shown}} presentations.',
          'The stimuli of {{count}} epochs are only in their recordings: {{shown}} presentations.',
          { shown: formatNumber(count) },
        )}{' '}
        {t('Decoding keeps them as NDI’s stimulus documents, as they are shown below.')}
      </p>
      <Button loading={running} onClick={() => void decode()}>
        {t('Decode the stimuli')}
      </Button>
    </div>
  );
}
