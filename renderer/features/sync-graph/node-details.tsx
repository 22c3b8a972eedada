import { Button, Group } from '@mantine/core';
import type { SyncNode } from '../../../shared/contract/sync.ts';
import { ElidedText } from '../../components/elided-text.tsx';
import { client } from '../../state/client.ts';
import { useAnswer } from '../../state/use-answer.ts';
import type { Place } from '../../state/place.ts';
import { t } from '../../texts/translate.ts';
import classes from './sync-graph.module.css';

interface NodeDetailsProps {
  readonly session: Place;
  readonly node: SyncNode;
  readonly onConvertFrom: (id: string) => void;
  readonly onConvertTo: (id: string) => void;
}

/** One epoch: all its clocks with their extents, its files, and times from and to it. */
export function NodeDetails({ session, node, onConvertFrom, onConvertTo }: NodeDetailsProps) {
  const { id, device, epochId } = node;
  const answer = useAnswer(JSON.stringify([session, id]), (signal) =>
    client.sync.epoch({ ...session, device, epochId }, { signal }),
  );
  return (
    <section aria-label={t('Epoch')}>
      <h2 translate="no">{device}</h2>
      <dl className={classes.facts}>
        <dt>{t('Epoch')}</dt>
        <dd translate="no">{epochId}</dd>
        <dt>{t('Clock')}</dt>
        <dd translate="no">{node.clock}</dd>
        {(answer.value?.clocks ?? [{ type: node.clock, t0: node.t0, t1: node.t1 }]).map(({ type, t0, t1 }) => (
          <Extent key={type} clock={type} t0={t0} t1={t1} />
        ))}
      </dl>
      {answer.status === 'failed' && <p className={classes.bad}>{answer.error.message}</p>}
      {(answer.value?.files.length ?? 0) > 0 && (
        <ul className={classes.files} aria-label={t('Files')}>
          {answer.value?.files.map((file) => (
            <li key={file}>
              <ElidedText text={file} />
            </li>
          ))}
        </ul>
      )}
      <Group gap="xs" mt={6}>
        <Button variant="default" size="xs" onClick={() => onConvertFrom(id)}>
          {t('Convert from here')}
        </Button>
        <Button variant="default" size="xs" onClick={() => onConvertTo(id)}>
          {t('Convert to here')}
        </Button>
      </Group>
    </section>
  );
}

interface ExtentProps {
  readonly clock: string;
  readonly t0: number | null;
  readonly t1: number | null;
}

function Extent({ clock, t0, t1 }: ExtentProps) {
  return (
    <>
      <dt translate="no">{clock}</dt>
      <dd>{t0 === null || t1 === null ? t('not known') : `${t0} – ${t1} s`}</dd>
    </>
  );
}
