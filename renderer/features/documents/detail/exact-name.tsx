import { Fragment } from 'react';
import classes from './detail.module.css';

/** A field's name as it is in the document; a long one breaks after its underscores. */
export function ExactName({ name }: { readonly name: string }) {
  return (
    <code className={classes.exact} translate="no">
      {name.split(/(?<=_)/).map((part, index) => (
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </code>
  );
}
