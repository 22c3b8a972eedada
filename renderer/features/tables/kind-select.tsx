import { NativeSelect } from '@mantine/core';
import type { TableSubject } from '../../../shared/contract/tables.ts';
import { client } from '../../state/client.ts';
import { useAnswer } from '../../state/use-answer.ts';
import type { Place } from '../../state/place.ts';
import { t } from '../../texts/translate.ts';

interface KindSelectProps {
  readonly place: Place;
  readonly by: TableSubject;
  /** Empty: all of them. */
  readonly kind: string;
  readonly round: number;
  readonly onChange: (kind: string) => void;
}

/** Tables whose rows are of several kinds: one type of openMINDS, or the rows with the same variables. */
export const hasKinds = (by: TableSubject): boolean => by === 'openminds' || by === 'ontologyTableRow';

/** Chooses one of the kinds that there are. */
export function KindSelect({ place, by, kind, round, onChange }: KindSelectProps) {
  const answer = useAnswer(
    JSON.stringify(['kinds', place, round]),
    (signal) => client.tables.kinds(place, { signal }),
    { keepLast: true },
  );
  const { openminds = [], ontologyTableRow = [] } = answer.value ?? {};
  const kinds =
    by === 'openminds'
      ? openminds.map(({ type, count }) => ({ value: type, label: `${type} (${count})` }))
      : ontologyTableRow.map(({ variableNames, names, count }) => ({
          value: variableNames,
          label: `${names || variableNames} (${count})`,
        }));
  return (
    <NativeSelect
      aria-label={by === 'openminds' ? t('Which type of openMINDS') : t('Which variables')}
      value={kind}
      data={[{ value: '', label: by === 'openminds' ? t('All types') : t('All variables') }, ...kinds]}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
