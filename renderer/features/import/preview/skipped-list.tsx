import { useMemo } from 'react';
import type { ScanResult } from '../../../../shared/contract/imports.ts';
import { MatrixButton } from '../matrix/matrix-button.tsx';
import { ElidedText } from '../../../components/elided-text.tsx';
import { plural, t } from '../../../texts/translate.ts';
import shared from '../import.module.css';
import classes from './skipped-list.module.css';

/** Of a long list the first ones tell what it is about. */
const SHOWN = 500;

/** Files that were looked at and left, with the reason; folded. */
export function SkippedList({ skipped }: { readonly skipped: ScanResult['skipped'] }) {
  const alike = useMemo(() => filesByEnding(skipped), [skipped]);
  if (skipped.length === 0) return null;
  return (
    <details className={classes.skipped}>
      <summary>{plural(skipped.length, '{{count}} file skipped', '{{count}} files skipped')}</summary>
      <ul>
        {skipped.slice(0, SHOWN).map(({ path, why, files }) => (
          <li key={path}>
            <ElidedText text={path} mono />
            {files === 1 && <MatrixButton file={path} alike={alike.get(endingOf(path)) ?? []} />}
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
