import { TextInput } from '@mantine/core';
import { useId, useState, type KeyboardEvent } from 'react';
import type { Answer } from '../../state/use-answer.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { stepFor } from '../../components/table/step-for.ts';
import { formatNumber, t } from '../../texts/translate.ts';
import classes from './documents.module.css';

export interface ClassCount {
  readonly class: string;
  readonly count: number;
}

interface ClassListProps {
  readonly answer: Answer<readonly ClassCount[]>;
  /** Undefined: all classes. */
  readonly chosen: string | undefined;
  readonly onChoose: (className: string | undefined) => void;
}

/** More classes than this are worth a filter of their own. */
const FILTER_FROM = 12;

/** The classes of a session with their counts; choosing one narrows the list of documents. */
export function ClassList({ answer, chosen, onChoose }: ClassListProps) {
  const [filter, setFilter] = useState('');
  if (answer.status === 'loading') return <LoadingState what={t('Counting the documents…')} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  if (answer.value.length === 0) return <EmptyState title={t('There are no documents here yet.')} />;
  const total = answer.value.reduce((sum, { count }) => sum + count, 0);
  const matching = answer.value.filter((entry) => entry.class.toLowerCase().includes(filter.toLowerCase()));
  return (
    <div className={classes.pane}>
      {answer.value.length >= FILTER_FROM && (
        <TextInput
          className={classes.classFilter}
          aria-label={t('Filter the classes')}
          placeholder={t('Filter the classes')}
          value={filter}
          onChange={(event) => {
            setFilter(event.currentTarget.value);
          }}
        />
      )}
      <ClassOptions options={[{ class: undefined, count: total }, ...matching]} chosen={chosen} onChoose={onChoose} />
    </div>
  );
}

interface ClassOptionsProps {
  readonly options: readonly { readonly class: string | undefined; readonly count: number }[];
  readonly chosen: string | undefined;
  readonly onChoose: (className: string | undefined) => void;
}

function ClassOptions({ options, chosen, onChoose }: ClassOptionsProps) {
  const id = useId();
  const optionId = (className: string | undefined) => `${id}-${className ?? ''}`;
  const at = options.findIndex((option) => option.class === chosen);
  const onKeyDown = (event: KeyboardEvent) => {
    const next = stepFor(event.key, at, options.length, 10);
    if (next === null) return;
    event.preventDefault();
    onChoose(options[next]?.class);
    document.getElementById(optionId(options[next]?.class))?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <div
      role="listbox"
      className={classes.classes}
      aria-label={t('Classes of documents')}
      aria-activedescendant={at >= 0 ? optionId(chosen) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {options.map((option) => (
        <div
          key={option.class ?? ''}
          id={optionId(option.class)}
          role="option"
          aria-selected={option.class === chosen}
          className={classes.classOption}
          title={option.class}
          onClick={() => {
            onChoose(option.class);
          }}
        >
          <span className={classes.className} translate={option.class === undefined ? undefined : 'no'}>
            {option.class ?? t('All documents')}
          </span>
          <span className={classes.classCount}>{formatNumber(option.count)}</span>
        </div>
      ))}
    </div>
  );
}
