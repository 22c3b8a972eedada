import { IconAlertTriangle, IconCheck, IconX } from '@tabler/icons-react';
import type { PathMatch } from '../../../../shared/model/import-pattern/match.ts';
import { patternFields } from '../../../../shared/model/import-pattern/pattern.ts';
import { ElidedText } from '../../../components/elided-text.tsx';
import type { DataTableColumn } from '../../../components/table/columns.ts';
import { t } from '../../../texts/translate.ts';
import classes from './pattern.module.css';
import { fieldTitle } from './field-title.ts';

export interface MatchRow {
  readonly path: string;
  readonly match: PathMatch | null;
}

/** What a pattern reads from each path; other readings stand beside the first. */
export function matchColumns(): DataTableColumn<MatchRow>[] {
  return [
    { id: 'fits', title: t('Fits'), least: 92, cell: ({ match }) => <Verdict match={match} /> },
    { id: 'path', title: t('Path'), least: 180, grow: 2, cell: ({ path }) => <ElidedText text={path} mono /> },
    ...patternFields.map((field): DataTableColumn<MatchRow> => ({
      id: field,
      title: fieldTitle(field),
      least: 80,
      grow: 1,
      cell: ({ match }) => (
        <span translate="no">
          {[match, ...(match?.others.map((values) => ({ values })) ?? [])]
            .map((one) => one?.values[field] ?? '')
            .filter((text, at, all) => all.indexOf(text) === at)
            .join(' | ')}
        </span>
      ),
    })),
  ];
}

function Verdict({ match }: { readonly match: PathMatch | null }) {
  if (match === null) {
    return (
      <span className={classes.verdict} data-verdict="no">
        <IconX size={14} aria-hidden /> {t('no')}
      </span>
    );
  }
  if (match.others.length > 0) {
    return (
      <span className={classes.verdict} data-verdict="unclear">
        <IconAlertTriangle size={14} aria-hidden /> {t('unclear')}
      </span>
    );
  }
  return (
    <span className={classes.verdict} data-verdict="yes">
      <IconCheck size={14} aria-hidden /> {t('yes')}
    </span>
  );
}
