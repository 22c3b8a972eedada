import { Button } from '@mantine/core';
import { IconClockCheck, IconClockExclamation } from '@tabler/icons-react';
import { useState } from 'react';
import type { ClockFinding } from '../../../shared/contract/sync.ts';
import { client } from '../../state/client.ts';
import { useRevision } from '../../state/edits.ts';
import { openPanel } from '../../state/panels.ts';
import { useAnswer } from '../../state/use-answer.ts';
import type { Place } from '../../state/place.ts';
import { plural, t } from '../../texts/translate.ts';
import classes from './sessions.module.css';

/** Of longer sessions many files are read to look over the clocks: somebody has to ask for it. */
const MOST_EPOCHS = 200;

interface ClockHealthProps {
  readonly session: Place;
  readonly epochs: number;
}

/** How many doubtful things the panel “Clocks” tells; found out while the page is already there. */
export function ClockHealth({ session, epochs }: ClockHealthProps) {
  const [wanted, setWanted] = useState(epochs <= MOST_EPOCHS);
  if (wanted) return <Counted session={session} />;
  return (
    <p className={classes.clocks}>
      <Button variant="default" size="compact-xs" onClick={() => setWanted(true)}>
        {t('Look over the clocks')}
      </Button>
    </p>
  );
}

function Counted({ session }: Pick<ClockHealthProps, 'session'>) {
  const revision = useRevision(session.path);
  const answer = useAnswer(JSON.stringify([session, revision]), (signal) => client.sync.health(session, { signal }), {
    keepLast: true,
  });
  if (answer.status === 'loading') return <p className={classes.clocks}>{t('Looking over the clocks…')}</p>;
  // Why clocks cannot be looked at is told by the panel; the page has its own problems.
  if (answer.status === 'failed') return null;
  const findings = answer.value;
  if (findings.length === 0) {
    return (
      <p className={classes.clocks}>
        <IconClockCheck size={16} aria-hidden /> {t('Nothing is doubtful about the clocks.')}
      </p>
    );
  }
  return (
    <p className={classes.clocks}>
      <IconClockExclamation size={16} aria-hidden /> {t('Clocks: {{counts}}', { counts: counted(findings) })}{' '}
      <Button variant="default" size="compact-xs" onClick={() => openPanel('sync', session)}>
        {t('Show them')}
      </Button>
    </p>
  );
}

function counted(findings: readonly ClockFinding[]): string {
  const notes = findings.filter(({ grade }) => grade === 'note').length;
  const faults = findings.length - notes;
  return [
    ...(faults > 0 ? [plural(faults, '{{count}} thing to fix', '{{count}} things to fix')] : []),
    ...(notes > 0 ? [plural(notes, '{{count}} note', '{{count}} notes')] : []),
  ].join(', ');
}
