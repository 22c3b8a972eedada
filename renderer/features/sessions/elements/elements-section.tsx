import { useInViewport } from '@mantine/hooks';
import { useState } from 'react';
import type { ElementInfo } from '../../../../shared/contract/elements.ts';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { RowsTable } from '../../../components/table/rows-table.tsx';
import { client } from '../../../state/client.ts';
import { useRevision } from '../../../state/edits.ts';
import { openElementSignals } from '../../../state/element-signals.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import type { Place } from '../../../state/place.ts';
import { t } from '../../../texts/translate.ts';
import { PageSection } from '../page-head.tsx';
import classes from '../sessions.module.css';
import { elementColumns, elementRows } from './element-columns.tsx';
import { openElementMenu } from './element-menus.ts';

interface ElementsSectionProps {
  readonly place: Place;
  readonly onOpenDocument: (id: string) => void;
}

/** Neurons and other derived elements of a session. They are asked for when somebody comes to where they stand. */
export function ElementsSection({ place, onOpenDocument }: ElementsSectionProps) {
  const { ref, inViewport } = useInViewport<HTMLDivElement>();
  const [reached, setReached] = useState(false);
  if (inViewport && !reached) setReached(true);
  return (
    <PageSection title={t('Elements')}>
      <div ref={ref}>{reached && <Listed place={place} onOpenDocument={onOpenDocument} />}</div>
    </PageSection>
  );
}

function Listed({ place, onOpenDocument }: ElementsSectionProps) {
  const key = ['elements', place.path, place.sessionId, useRevision(place.path)].join('\n');
  const answer = useAnswer(key, (signal) => client.elements.list(place, { signal }), { keepLast: true });
  if (answer.status === 'loading') return <LoadingState what={t('Reading the elements…')} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  const rows = elementRows(answer.value);
  if (rows.length === 0) {
    return <p className={classes.none}>{t('Nothing was derived from the probes: no neurons, no filtered signals.')}</p>;
  }
  const openSignals = (element: ElementInfo) => openElementSignals(place, element);
  return (
    <RowsTable
      label={t('Elements')}
      columns={elementColumns(onOpenDocument, openSignals)}
      rows={rows}
      onOpen={({ element }) => {
        if (element.epochs.length > 0) openSignals(element);
        else if (element.id !== null) onOpenDocument(element.id);
      }}
      onMenu={({ element }, at) => openElementMenu(place, answer.value, element, at, { onOpenDocument, openSignals })}
    />
  );
}
