import { Fragment } from 'react';
import { formatToken, parsePattern, type PathPattern } from '../../../../shared/model/import-pattern/pattern.ts';
import { t } from '../../../texts/translate.ts';
import classes from './pattern.module.css';
import { fieldTitle } from './field-title.ts';

/** A pattern piece by piece: what is read as chips, the rest as it stands. Nothing where it cannot be read. */
export function PatternChips({ pattern }: { readonly pattern: string }) {
  const parsed = readPattern(pattern);
  if (parsed === null) return null;
  return (
    <p className={classes.chips} aria-label={t('The pattern piece by piece')}>
      {parsed.parts.map((part, at) => (
        <Fragment key={at}>
          {at > 0 && <span>/</span>}
          {part.map((token, index) =>
            token.kind === 'field' ? (
              <span key={index} className={classes.chip} data-field={token.field} title={formatToken(token)}>
                {fieldTitle(token.field)}
              </span>
            ) : (
              <span key={index} translate="no">
                {formatToken(token)}
              </span>
            ),
          )}
        </Fragment>
      ))}
      {parsed.deep && <span>/ {t('whatever lies below')}</span>}
    </p>
  );
}

function readPattern(pattern: string): PathPattern | null {
  try {
    return parsePattern(pattern);
  } catch {
    // What is wrong with it stands among the problems.
    return null;
  }
}
