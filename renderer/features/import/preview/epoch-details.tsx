import { ElidedText } from '../../../components/elided-text.tsx';
import { ProblemList } from '../../../components/problems/problem-list.tsx';
import { formatNumber, formatSeconds, t } from '../../../texts/translate.ts';
import classes from '../import.module.css';
import { Thumbnail } from '../thumbnail/thumbnail.tsx';
import type { ScannedEpoch, ScannedRecording } from './import-tree.ts';

interface EpochDetailsProps {
  readonly epoch: ScannedEpoch;
  readonly recordings: readonly ScannedRecording[];
}

/** What an epoch holds, why it was taken for that, and how it begins. */
export function EpochDetails({ epoch, recordings }: EpochDetailsProps) {
  return (
    <div className={classes.details}>
      <h2 translate="no">{epoch.key}</h2>
      {recordings.map((recording) => (
        <RecordingDetails key={recording.path} recording={recording} />
      ))}
      {recordings.length === 0 && <p className={classes.quiet}>{t('No recording of this epoch can be read.')}</p>}
    </div>
  );
}

function RecordingDetails({ recording }: { readonly recording: ScannedRecording }) {
  const { sampleRate } = recording;
  return (
    <article>
      <Thumbnail path={recording.path} />
      <dl className={classes.facts}>
        <dt>{t('Format')}</dt>
        <dd translate="no">{[recording.formatName, recording.version].filter((part) => part !== '').join(' ')}</dd>
        <dt>{t('Why')}</dt>
        <dd translate="no">
          <ul className={classes.plain}>
            {recording.why.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </dd>
        <dt>{t('Device')}</dt>
        <dd translate="no">{recording.device}</dd>
        <dt>{t('Channels')}</dt>
        <dd>{formatNumber(recording.channels)}</dd>
        {sampleRate !== null && (
          <>
            <dt>{t('Rate')}</dt>
            <dd>{t('{{rate}} samples a second', { rate: sampleRate })}</dd>
          </>
        )}
        <dt>{t('Length')}</dt>
        <dd>{formatSeconds(recording.duration)}</dd>
        <dt>{t('Clocks')}</dt>
        <dd>
          <ul className={classes.plain}>
            {recording.clocks.map(({ type, t0, t1 }) => (
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
            {recording.files.map((file) => (
              <li key={file}>
                <ElidedText text={file} mono />
              </li>
            ))}
          </ul>
        </dd>
      </dl>
      {recording.problems.length > 0 && <ProblemList problems={recording.problems} />}
    </article>
  );
}
