import type { DocumentSummary } from '../../../shared/contract/documents.ts';
import { ElidedText } from '../../components/elided-text.tsx';
import { t } from '../../texts/translate.ts';
import classes from './document-link.module.css';

interface DocumentLinkProps {
  readonly document: Pick<DocumentSummary, 'id' | 'class' | 'name'>;
  /** What names it where it has no name of its own. */
  readonly name?: string;
  readonly onVisit: (id: string) => void;
}

/** Goes to another document: its class and name, or its id where it has no name. */
export function DocumentLink({ document, name = document.name, onVisit }: DocumentLinkProps) {
  return (
    <button
      type="button"
      className={classes.link}
      title={document.id}
      onClick={() => {
        onVisit(document.id);
      }}
    >
      <span className={classes.linkClass} translate="no">
        {document.class}
      </span>
      {name === '' ? <ElidedText text={document.id} mono /> : <ElidedText text={name} />}
    </button>
  );
}

interface IdLinkProps {
  readonly id: string;
  readonly onVisit: (id: string) => void;
}

/** Goes to a document of which only the id is known. */
export function IdLink({ id, onVisit }: IdLinkProps) {
  return (
    <button
      type="button"
      className={classes.link}
      title={t('Open the document {{id}}', { id })}
      onClick={() => {
        onVisit(id);
      }}
    >
      <ElidedText text={id} mono />
    </button>
  );
}
