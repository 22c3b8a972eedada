import { useEffect, useState } from 'react';
import { wordOf } from '../../components/copy-state/copy-state-badge.tsx';
import { useCopyGlance } from '../../components/copy-state/copy-state.tsx';
import { useIngestion } from '../../state/ingestion.ts';
import { plural, t } from '../../texts/translate.ts';
import classes from './session-tree.module.css';
import type { TreeRow } from './tree-model.ts';

/** The tree is drawn, and walked through, without waiting for any of this. */
const AFTER_MS = 500;

/**
 * Signs of a session or dataset in NDI's grammar (`statusIcon.m`): the letter says which check, I for ingestion and C
 * for the cloud, its colour the state, and a capital letter that it is done.
 */
export function TreeBadges({ row }: { readonly row: TreeRow }) {
  const [rested, setRested] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setRested(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  if (!rested) return null;
  const { path, sessionId, epochs = 0 } = row;
  return (
    <span className={classes.badges}>
      {row.kind === 'session' && epochs > 0 && <IngestionBadge path={path} sessionId={sessionId} />}
      {row.isRoot === true && <CloudBadge path={path} />}
    </span>
  );
}

function IngestionBadge({ path, sessionId }: { readonly path: string; readonly sessionId: string | undefined }) {
  const answer = useIngestion(sessionId === undefined ? { path } : { path, sessionId });
  if (answer.status !== 'ready') return null;
  const { epochs, ingested, unreadable } = answer.value;
  const isDone = epochs > 0 && ingested === epochs;
  const words = isDone
    ? t('Ingested: works without its raw files')
    : plural(epochs, '{{done}} of {{count}} epoch ingested', '{{done}} of {{count}} epochs ingested', {
        done: ingested,
      });
  const tone = isDone ? 'good' : unreadable > 0 ? 'warn' : ingested > 0 ? 'busy' : 'quiet';
  return <Letter letter={isDone ? 'I' : 'i'} tone={tone} words={words} />;
}

function CloudBadge({ path }: { readonly path: string }) {
  const answer = useCopyGlance(path);
  if (answer.status !== 'ready') return null;
  const [word, tone] = wordOf(answer.value);
  const isDone = answer.value.state === 'in-step' && !answer.value.changedHere;
  return <Letter letter={isDone ? 'C' : 'c'} tone={tone} words={t('NDI Cloud: {{state}}', { state: word })} />;
}

interface LetterProps {
  readonly letter: string;
  readonly tone: 'quiet' | 'good' | 'warn' | 'busy';
  readonly words: string;
}

function Letter({ letter, tone, words }: LetterProps) {
  return (
    <span className={classes.badge} data-tone={tone} role="img" aria-label={words} title={words} translate="no">
      {letter}
    </span>
  );
}
