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
  if (skipped.length === 0) return null;
  return (
    <details className={classes.skipped}>
      <summary>{plural(skipped.length, '{{count}} file skipped', '{{count}} files skipped')}</summary>
      <ul>
        {skipped.slice(0, SHOWN).map(({ path, why, files }) => (
          <li key={path}>
            <ElidedText text={path} mono />
            {files === 1 && <MatrixButton file={path} others={likeIt(path, skipped)} />}
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

/** Other skipped files of the same ending: they may hold the same. */
function likeIt(path: string, skipped: ScanResult['skipped']): string[] {
  const ending = endingOf(path);
  return skipped.flatMap((one) =>
    one.files === 1 && one.path !== path && endingOf(one.path) === ending ? [one.path] : [],
  );
}

function endingOf(path: string): string {
  return /\.[^./\\]*$/.exec(path)?.[0].toLowerCase() ?? '';
}
