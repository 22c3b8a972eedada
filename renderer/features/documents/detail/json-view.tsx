import { ActionIcon, Button, CopyButton, TextInput, Tooltip } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconSearch } from '@tabler/icons-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import type { DocumentBody } from '../../../../shared/contract/documents.ts';
import { useVirtualRows } from '../../../components/table/use-virtual-rows.ts';
import { t } from '../../../texts/translate.ts';
import shared from '../documents.module.css';
import classes from './json.module.css';

const LINE_HEIGHT = 18;

interface JsonViewProps {
  readonly document: DocumentBody;
  /** Of a huge document only the beginnings of its lists and texts are here. */
  readonly isWhole: boolean;
}

/** The document as NDI stores it, with a search and a button that copies all that shows. Any length. */
export function JsonView({ document, isWhole }: JsonViewProps) {
  const text = useMemo(() => JSON.stringify(document, null, 2), [document]);
  const lines = useMemo(() => text.split('\n'), [text]);
  const [wanted, setWanted] = useState('');
  const [place, setPlace] = useState(0);
  const found = useMemo(() => linesWith(lines, wanted), [lines, wanted]);
  const go = (by: number) => {
    if (found.length > 0) setPlace((place + by + found.length) % found.length);
  };
  return (
    <div className={classes.json}>
      <div className={shared.bar}>
        <TextInput
          className={shared.filter}
          aria-label={t('Find in the JSON')}
          placeholder={t('Find')}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={wanted}
          onChange={(event) => {
            setWanted(event.currentTarget.value);
            setPlace(0);
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter') go(event.shiftKey ? -1 : 1);
          }}
        />
        <span className={shared.count} role="status">
          {wanted !== '' && t('{{at}} of {{n}} lines', { at: found.length === 0 ? 0 : place + 1, n: found.length })}
        </span>
        <StepButton label={t('Previous hit (Shift+Enter)')} up disabled={found.length < 2} onClick={() => go(-1)} />
        <StepButton label={t('Next hit (Enter)')} disabled={found.length < 2} onClick={() => go(1)} />
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {copied ? t('Copied') : isWhole ? t('Copy') : t('Copy what shows')}
            </Button>
          )}
        </CopyButton>
      </div>
      <JsonLines lines={lines} wanted={wanted} current={found[place] ?? -1} />
    </div>
  );
}

interface StepButtonProps {
  readonly label: string;
  readonly up?: boolean;
  readonly disabled: boolean;
  readonly onClick: () => void;
}

function StepButton({ label, up = false, disabled, onClick }: StepButtonProps) {
  const Icon = up ? IconArrowUp : IconArrowDown;
  return (
    <Tooltip label={label}>
      <ActionIcon aria-label={label} disabled={disabled} onClick={onClick}>
        <Icon size={16} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}

interface JsonLinesProps {
  readonly lines: readonly string[];
  readonly wanted: string;
  /** Line of the hit that shows; -1 for none. */
  readonly current: number;
}

function JsonLines({ lines, wanted, current }: JsonLinesProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualRows({ count: lines.length, scroller, rowHeight: LINE_HEIGHT });
  useEffect(() => {
    if (current >= 0) virtual.scrollToIndex(current, { align: 'auto' });
  }, [current, virtual]);
  const items = virtual.getVirtualItems();
  return (
    <div ref={scroller} className={classes.jsonLines} tabIndex={0} role="region" aria-label={t('JSON of the document')}>
      <pre
        className={classes.pre}
        translate="no"
        style={{ paddingTop: items[0]?.start ?? 0, height: virtual.getTotalSize() }}
      >
        {items.map(({ index }) => (
          <div key={index} className={classes.line} data-current={index === current || undefined}>
            <Marked line={lines[index] ?? ''} wanted={wanted} />
          </div>
        ))}
      </pre>
    </div>
  );
}

/** A line with every occurrence of the wanted text marked. */
function Marked({ line, wanted }: { readonly line: string; readonly wanted: string }) {
  if (wanted === '' || !holds(line, wanted)) return line === '' ? ' ' : line;
  const parts = [];
  let from = 0;
  for (let at = indexIn(line, wanted, 0); at >= 0; at = indexIn(line, wanted, from)) {
    parts.push(line.slice(from, at), <mark key={at}>{line.slice(at, at + wanted.length)}</mark>);
    from = at + wanted.length;
  }
  return [...parts, line.slice(from)];
}

function linesWith(lines: readonly string[], wanted: string): number[] {
  if (wanted === '') return [];
  return lines.flatMap((line, index) => (holds(line, wanted) ? [index] : []));
}

const indexIn = (line: string, wanted: string, from: number) => line.toLowerCase().indexOf(wanted.toLowerCase(), from);
const holds = (line: string, wanted: string) => indexIn(line, wanted, 0) >= 0;
