import { ActionIcon, CopyButton, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { t } from '../texts/translate.ts';
import classes from './elided-text.module.css';

/** Letters at the end that always stay: what tells ids and paths apart is there as often as at the start. */
const TAIL_LETTERS = 8;

interface ElidedTextProps {
  readonly text: string;
  readonly mono?: boolean;
}

/**
 * One line of text that loses its middle where room is short; the whole of it shows on hover and is what is copied.
 * Screen readers would say the two halves as two words: they are for the eye, and the whole lies over them unseen.
 */
export function ElidedText({ text, mono = false }: ElidedTextProps) {
  const at = text.length - TAIL_LETTERS;
  return (
    <span className={`${classes.text ?? ''} ${mono ? (classes.mono ?? '') : ''}`} title={text} translate="no">
      {at <= 0 ? (
        text
      ) : (
        <>
          <span className={classes.head} aria-hidden>
            {text.slice(0, at)}
          </span>
          <span className={classes.tail} aria-hidden>
            {text.slice(at)}
          </span>
          <span className={classes.whole}>{text}</span>
        </>
      )}
    </span>
  );
}

interface CopyableTextProps extends ElidedTextProps {
  /** What is copied, for the button's name: `id`, `path`. */
  readonly what: string;
}

/** An elided text with a button that copies the whole of it; the button's tooltip shows it on focus too. */
export function CopyableText({ text, mono = true, what }: CopyableTextProps) {
  return (
    <span className={classes.copyable}>
      <ElidedText text={text} mono={mono} />
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? t('Copied') : text} multiline maw={480}>
            <ActionIcon
              size={20}
              onClick={copy}
              aria-label={copied ? t('Copied the {{what}}', { what }) : t('Copy the {{what}}', { what })}
            >
              {copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
            </ActionIcon>
          </Tooltip>
        )}
      </CopyButton>
    </span>
  );
}
