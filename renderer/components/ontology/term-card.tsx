import { Button } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import type { OntologyTerm } from '../../../shared/contract/ontology.ts';
import { openPanel, usePanelPath } from '../../state/panels.ts';
import type { Answer } from '../../state/use-answer.ts';
import { formatDate, t } from '../../texts/translate.ts';
import classes from './ontology.module.css';
import { termAddress } from './term-address.ts';

interface TermCardProps {
  readonly term: string;
  readonly answer: Answer<OntologyTerm>;
  readonly onFocus: () => void;
  readonly onLeave: () => void;
  /** The card has done its work and can close. */
  readonly onDone: () => void;
}

/** What a term means, where that is known from, and the way to its own page. */
export function TermCard({ term, answer, onFocus, onLeave, onDone }: TermCardProps) {
  const path = usePanelPath();
  if (answer.status === 'loading') return <p className={classes.quiet}>{t('Looking it up…')}</p>;
  if (answer.status === 'failed') {
    return (
      <div className={classes.card} role="alert">
        <strong translate="no">{term}</strong>
        <p translate="no">{answer.error.message}</p>
        <p className={classes.quiet} translate="no">
          {answer.error.recovery}
        </p>
        <Button variant="default" onClick={answer.reload} onFocus={onFocus} onBlur={onLeave}>
          {t('Try again')}
        </Button>
      </div>
    );
  }
  const { name, curie, ontology, definition, synonyms } = answer.value;
  const address = termAddress(answer.value);
  return (
    <div className={classes.card}>
      <strong translate="no">{name}</strong>
      <span className={classes.quiet} translate="no">
        {curie} · {ontology}
      </span>
      {definition !== '' && (
        <p className={classes.definition} translate="no">
          {definition}
        </p>
      )}
      {synonyms.length > 0 && (
        <p className={classes.quiet}>{t('Also: {{synonyms}}', { synonyms: synonyms.slice(0, 8).join('; ') })}</p>
      )}
      <p className={classes.quiet}>{sourceText(answer.value)}</p>
      {path !== undefined && (
        <Button
          variant="default"
          leftSection={<IconSearch size={14} aria-hidden />}
          onFocus={onFocus}
          onBlur={onLeave}
          onClick={() => {
            onDone();
            openPanel('documents', { path, find: { text: curie } });
          }}
        >
          {t('Find everywhere')}
        </Button>
      )}
      {address !== null && (
        <a href={address} target="_blank" rel="noreferrer" onFocus={onFocus} onBlur={onLeave}>
          {t('Open its page')}
        </a>
      )}
    </div>
  );
}

function sourceText({ source, provider, retrievedAt }: OntologyTerm): string {
  if (retrievedAt === null) return t('Known without a network.');
  const date = formatDate(retrievedAt);
  return source === 'cache'
    ? t('Looked up at {{provider}} on {{date}}.', { provider, date })
    : t('Just looked up at {{provider}}.', { provider });
}
