import { Button } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import type { FileComparison, ItemComparison } from '../../../shared/contract/comparisons.ts';
import type { DocumentSummary } from '../../../shared/contract/documents.ts';
import { type NameOf, useDocumentNames } from '../../state/document-names.ts';
import { formatBytes, formatNumber, plural, t } from '../../texts/translate.ts';
import classes from './compare.module.css';

interface DifferencesProps {
  readonly comparison: ItemComparison;
  /** Folders of the two sides. */
  readonly a: string;
  readonly b: string;
  /** Differences of the summaries: DAQ systems, epochs, probes, names of files. */
  readonly summary: readonly string[];
  readonly onOpen: (side: 'a' | 'b', documentId: string) => void;
}

/** What a comparison found, in the order of what people want to know. */
export function Differences({ comparison, a, b, summary, onOpen }: DifferencesProps) {
  const { equal, counts, onlyInA, onlyInB, mismatched, files } = comparison;
  const nameInA = useDocumentNames(a, [...mismatched, ...files.map(({ document }) => document), ...onlyInA]);
  const nameInB = useDocumentNames(b, onlyInB);
  return (
    <div className={classes.body} tabIndex={0} role="region" aria-label={t('What the comparison found')}>
      {equal ? (
        <p className={classes.equal} role="status">
          <IconCircleCheck size={18} aria-hidden />
          {plural(counts.inBoth, '{{count}} document, equal on both sides.', '{{count}} documents, all equal.')}
        </p>
      ) : (
        <p role="status">
          {t('{{both}} in both, of which {{different}} differ; {{a}} only in A, {{b}} only in B.', {
            both: counts.inBoth,
            different: counts.mismatched,
            a: counts.onlyInA,
            b: counts.onlyInB,
          })}{' '}
          {plural(counts.files, '{{count}} file differs.', '{{count}} files differ.')}
        </p>
      )}
      <Section title={t('Different documents')} count={counts.mismatched} listed={mismatched.length}>
        {mismatched.map((document) => (
          <details key={document.id} className={classes.entry} open={mismatched.length <= 5}>
            <summary>
              <Name document={document} nameOf={nameInA} />
              <span className={classes.quiet}>
                {plural(document.differences.length, '{{count}} field', '{{count}} fields')}
              </span>
            </summary>
            <FieldTable differences={document.differences} />
            <Button variant="subtle" size="compact-xs" onClick={() => onOpen('a', document.id)}>
              {t('Show A’s document')}
            </Button>
            <Button variant="subtle" size="compact-xs" onClick={() => onOpen('b', document.id)}>
              {t('Show B’s document')}
            </Button>
          </details>
        ))}
      </Section>
      <Section title={t('Different files')} count={counts.files} listed={files.length}>
        {files.map(({ document, name, a: inA, b: inB, comparison: bytes }) => (
          <details key={`${document.id} ${name}`} className={classes.entry} open={files.length <= 3}>
            <summary>
              <span translate="no">{name}</span> <Name document={document} nameOf={nameInA} />
            </summary>
            {bytes === null ? (
              <dl className={classes.facts}>
                <dt>A</dt>
                <dd>{sideText(inA)}</dd>
                <dt>B</dt>
                <dd>{sideText(inB)}</dd>
              </dl>
            ) : (
              <Bytes bytes={bytes} />
            )}
          </details>
        ))}
      </Section>
      <OneSide
        title={t('Only in A')}
        count={counts.onlyInA}
        documents={onlyInA}
        nameOf={nameInA}
        onOpen={(id) => onOpen('a', id)}
      />
      <OneSide
        title={t('Only in B')}
        count={counts.onlyInB}
        documents={onlyInB}
        nameOf={nameInB}
        onOpen={(id) => onOpen('b', id)}
      />
      <Section title={t('Recordings, epochs and probes')} count={summary.length} listed={summary.length}>
        <ul className={classes.list}>
          {summary.map((text) => (
            <li key={text} translate="no">
              {text}
            </li>
          ))}
        </ul>
      </Section>
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly count: number;
  /** How many of them are shown. */
  readonly listed: number;
  readonly children: React.ReactNode;
}

function Section({ title, count, listed, children }: SectionProps) {
  if (count === 0) return null;
  return (
    <section aria-label={title}>
      <h2>
        {title} <span className={classes.quiet}>{formatNumber(count)}</span>
      </h2>
      {children}
      {listed < count && <p className={classes.quiet}>{t('The first {{n}} are listed.', { n: listed })}</p>}
    </section>
  );
}

function Name({ document, nameOf }: { readonly document: DocumentSummary; readonly nameOf: NameOf }) {
  return (
    <span translate="no">
      <b>{document.class}</b> {nameOf(document)} <code className={classes.quiet}>{document.id}</code>
    </span>
  );
}

function FieldTable({ differences }: { readonly differences: ItemComparison['mismatched'][number]['differences'] }) {
  return (
    <table className={classes.fields}>
      <thead>
        <tr>
          <th scope="col">{t('Field')}</th>
          <th scope="col">A</th>
          <th scope="col">B</th>
        </tr>
      </thead>
      <tbody>
        {differences.map(({ field, a, b }) => (
          <tr key={field}>
            <th scope="row" translate="no">
              {field}
            </th>
            <td>
              <code translate="no">{a ?? '–'}</code>
            </td>
            <td>
              <code translate="no">{b ?? '–'}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The rows of sixteen bytes in which two files differ; bytes that differ stand out. */
function Bytes({ bytes }: { readonly bytes: FileComparison }) {
  const { sizeA, sizeB, differingBytes, rows } = bytes;
  return (
    <>
      <p className={classes.quiet}>
        {t('{{a}} and {{b}}; {{count}} bytes differ.', {
          a: formatBytes(sizeA),
          b: formatBytes(sizeB),
          count: differingBytes,
        })}
      </p>
      <table className={classes.bytes}>
        <thead>
          <tr>
            <th scope="col">{t('Offset')}</th>
            <th scope="col">A</th>
            <th scope="col">B</th>
          </tr>
        </thead>
        <tbody translate="no">
          {rows.map(({ offset, a, b }) => (
            <tr key={offset}>
              <th scope="row">{offset.toString(16).padStart(8, '0')}</th>
              <td>
                <HexRow own={a} other={b} />
              </td>
              <td>
                <HexRow own={b} other={a} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

function HexRow({ own, other }: { readonly own: string; readonly other: string }) {
  const pairs = own.match(/../g) ?? [];
  return (
    <code>
      {pairs.map((pair, at) => {
        const isSame = other.slice(at * 2, at * 2 + 2) === pair;
        return isSame ? `${pair} ` : <mark key={at}>{`${pair} `}</mark>;
      })}
    </code>
  );
}

function sideText(side: ItemComparison['files'][number]['a']): string {
  if (side === null) return t('has no such file');
  return side.problem || formatBytes(side.sizeBytes ?? 0);
}

interface OneSideProps {
  readonly title: string;
  readonly count: number;
  readonly documents: readonly DocumentSummary[];
  readonly nameOf: NameOf;
  readonly onOpen: (id: string) => void;
}

function OneSide({ title, count, documents, nameOf, onOpen }: OneSideProps) {
  return (
    <Section title={title} count={count} listed={documents.length}>
      <ul className={classes.list}>
        {documents.map((document) => (
          <li key={document.id}>
            <Name document={document} nameOf={nameOf} />
            <Button variant="subtle" size="compact-xs" onClick={() => onOpen(document.id)}>
              {t('Show the document')}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
