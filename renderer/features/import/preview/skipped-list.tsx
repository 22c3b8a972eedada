import { useMemo } from 'react';
import type { ScanResult } from '../../../../shared/contract/imports.ts';
import { MatrixButton } from '../matrix/matrix-button.tsx';
import { ElidedText } from '../../../components/elided-text.tsx';
import { plural, t } from '../../../texts/translate.ts';
import shared from '../import.module.css';
import classes from './skipped-list.module.css';

/** Of a long list the first ones tell what it is about. */
const SHOWN = 500;

interface SkippedListProps {
  readonly skipped: ScanResult['skipped'];
  /** Where it is all that there is to see. */
  readonly isOpen?: boolean;
}

/** Files that were looked at and left, with the reason. */
export function SkippedList({ skipped, isOpen = false }: SkippedListProps) {
  const alike = useMemo(() => filesByEnding(skipped), [skipped]);
  if (skipped.length === 0) return null;
  const files = skipped.reduce((sum, one) => sum + one.files, 0);
  return (
    <details className={classes.skipped} open={isOpen}>
      <summary>{plural(files, '{{count}} file skipped', '{{count}} files skipped')}</summary>
      <ul>
        {skipped.slice(0, SHOWN).map(({ path, why, files: own }) => (
          <li key={`${path} ${why}`}>
            <ElidedText text={path} mono />
            {own === 1 && <MatrixButton file={path} alike={alike.get(endingOf(path)) ?? []} />}
            <span className={shared.quiet} translate="no">
              {why}
            </span>
          </li>
        ))}
      </ul>
      {skipped.length > SHOWN && <p className={shared.quiet}>{t('and {{n}} more', { n: skipped.length - SHOWN })}</p>}
    </details>
  );
}

/** Skipped files of one ending may hold the same. */
function filesByEnding(skipped: ScanResult['skipped']): ReadonlyMap<string, readonly string[]> {
  const paths = skipped.filter(({ files }) => files === 1).map(({ path }) => path);
  return Map.groupBy(paths, endingOf);
}

function endingOf(path: string): string {
  return /\.[^./\\]*$/.exec(path)?.[0].toLowerCase() ?? '';
}
