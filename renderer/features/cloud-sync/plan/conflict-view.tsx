import { Button } from '@mantine/core';
import { useState } from 'react';
import type { NdiDocument } from '../../../../shared/model/documents.ts';
import { fieldDifferences, mergeFields, type FieldDifference } from '../../../../shared/model/field-diff.ts';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { client } from '../../../state/client.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { t } from '../../../texts/translate.ts';
import type { Settled } from './settled.ts';
import classes from '../cloud-sync.module.css';

interface ConflictViewProps {
  readonly path: string;
  readonly id: string;
  readonly settled: Settled | undefined;
  readonly onSettle: (how: Settled) => void;
}

/** Both versions side by side, field by field; the loser stays in the history. */
export function ConflictView({ path, id, settled, onSettle }: ConflictViewProps) {
  const answer = useAnswer(`cloudSync.versions ${path} ${id}`, (signal) =>
    client.cloudSync.versions({ path, id }, { signal }),
  );
  if (answer.status === 'loading') return <LoadingState what={t('Reading both versions…')} lines={4} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  const here = answer.value.here as NdiDocument | null;
  const there = answer.value.there as NdiDocument | null;
  return (
    <section className={classes.conflict} aria-label={t('Conflict')}>
      <h2>{t('Changed on both sides')}</h2>
      <div className={classes.choices}>
        <Button variant={settled === 'here' ? 'filled' : 'default'} onClick={() => onSettle('here')}>
          {here === null ? t('Delete it') : t('Keep mine')}
        </Button>
        <Button variant={settled === 'there' ? 'filled' : 'default'} onClick={() => onSettle('there')}>
          {there === null ? t('Delete it') : t('Take the cloud’s')}
        </Button>
      </div>
      {here !== null && there !== null && <Fields here={here} there={there} onSettle={onSettle} />}
    </section>
  );
}

interface FieldsProps {
  readonly here: NdiDocument;
  readonly there: NdiDocument;
  readonly onSettle: (how: Settled) => void;
}

function Fields({ here, there, onSettle }: FieldsProps) {
  const differences = fieldDifferences(here, there);
  const [fromThere, setFromThere] = useState<ReadonlySet<string>>(new Set());
  const choose = (name: string, cloud: boolean) => {
    const next = new Set(fromThere);
    if (cloud) next.add(name);
    else next.delete(name);
    setFromThere(next);
    const merged = mergeFields(here, differences, (difference) => next.has(nameOf(difference)));
    onSettle({ merged: { ...merged } });
  };
  return (
    <table className={classes.fields}>
      <thead>
        <tr>
          <th scope="col">{t('Field')}</th>
          <th scope="col">{t('Here')}</th>
          <th scope="col">{t('Cloud')}</th>
        </tr>
      </thead>
      <tbody>
        {differences.map((difference) => {
          const name = nameOf(difference);
          return (
            <tr key={name}>
              <th scope="row" translate="no">
                {name}
              </th>
              {(['here', 'there'] as const).map((side) => (
                <td key={side}>
                  <label>
                    <input
                      type="radio"
                      name={name}
                      checked={fromThere.has(name) === (side === 'there')}
                      onChange={() => choose(name, side === 'there')}
                    />{' '}
                    <code translate="no">{valueText(difference[side])}</code>
                  </label>
                </td>
              ))}
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function nameOf({ path }: FieldDifference): string {
  return path.join('.');
}

function valueText(value: FieldDifference['here']): string {
  return value === undefined ? '–' : JSON.stringify(value);
}
