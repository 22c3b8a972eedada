import type { DocumentDetail } from '../../../../shared/contract/documents.ts';
import { CopyableText } from '../../../components/elided-text.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { client } from '../../../state/client.ts';
import { useDocumentNames } from '../../../state/document-names.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { formatDate, t } from '../../../texts/translate.ts';
import { DocumentLink } from '../document-link.tsx';
import classes from './detail.module.css';

interface ProvenanceViewProps {
  readonly path: string;
  readonly detail: DocumentDetail;
  readonly onVisit: (id: string) => void;
}

/** Where a document comes from: the program that made it, its session, and everything that it was made from. */
export function ProvenanceView({ path, detail, onVisit }: ProvenanceViewProps) {
  const { document, summary } = detail;
  return (
    <div className={classes.form}>
      <section aria-label={t('Made by')}>
        <h3>{t('Made by')}</h3>
        <dl className={classes.fields}>
          {factsOf(document).map(([name, value]) => (
            <div key={name} className={classes.field}>
              <dt>{name}</dt>
              <dd translate="no">{value}</dd>
            </div>
          ))}
          <div className={classes.field}>
            <dt>{t('Written')}</dt>
            <dd>
              <time dateTime={summary.datestamp} title={summary.datestamp}>
                {formatDate(summary.datestamp)}
              </time>
            </dd>
          </div>
          <div className={classes.field}>
            <dt>{t('Session')}</dt>
            <dd>
              <CopyableText text={summary.sessionId} what={t('ID')} />
            </dd>
          </div>
        </dl>
      </section>
      {STAND_FOR_OBJECTS.includes(summary.class) && <ObjectOf path={path} id={summary.id} />}
      <Antecedents path={path} id={summary.id} onVisit={onVisit} />
    </div>
  );
}

/** Classes whose documents stand for an object of NDI. */
const STAND_FOR_OBJECTS: readonly string[] = [
  ...['element', 'daqsystem', 'daqreader', 'daqreader_ndr', 'daqmetadatareader', 'filenavigator'],
  ...['syncgraph', 'syncrule'],
];

/** What NDI makes of the document, and whether this application knows such objects. */
function ObjectOf({ path, id }: { readonly path: string; readonly id: string }) {
  const answer = useAnswer(JSON.stringify(['object', path, id]), (signal) =>
    client.objects.ofDocument({ path, id }, { signal }),
  );
  if (answer.status !== 'ready') return null;
  const { className, known } = answer.value;
  return (
    <section aria-label={t('Object of NDI')}>
      <h3>{t('Object of NDI')}</h3>
      <dl className={classes.fields}>
        <div className={classes.field}>
          <dt>{t('Class')}</dt>
          <dd translate="no">{className}</dd>
        </div>
        {!known && (
          <div className={classes.field}>
            <dt>{t('Known here')}</dt>
            <dd>{t('No: it is kept as it is.')}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

/** The program as NDI's `app` property list tells it; documents made by hand have none. */
function factsOf(document: DocumentDetail['document']): [string, string][] {
  const app = (document['app'] ?? {}) as Readonly<Record<string, unknown>>;
  const text = (name: string) => (typeof app[name] === 'string' ? app[name] : '');
  const facts: [string, string][] = [
    [t('Program'), [text('name'), text('version')].filter(Boolean).join(' ')],
    [t('Found at'), text('url')],
    [t('System'), [text('os'), text('os_version')].filter(Boolean).join(' ')],
    [t('Run by'), [text('interpreter'), text('interpreter_version')].filter(Boolean).join(' ')],
  ];
  const known = facts.filter(([, value]) => value !== '');
  return known.length > 0 ? known : [[t('Program'), t('The document does not say.')]];
}

function Antecedents({
  path,
  id,
  onVisit,
}: {
  readonly path: string;
  readonly id: string;
  readonly onVisit: (id: string) => void;
}) {
  const answer = useAnswer(JSON.stringify([path, id]), (signal) =>
    client.documentGraph.closure({ path, ids: [id], direction: 'antecedents' }, { signal }),
  );
  const nameOf = useDocumentNames(path, answer.value ?? []);
  if (answer.status === 'loading') return <LoadingState lines={3} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} inline />;
  const chain = [...answer.value].sort((a, b) => (a.datestamp < b.datestamp ? 1 : -1));
  return (
    <section aria-label={t('Made from')}>
      <h3>{t('Made from, the latest first')}</h3>
      {chain.length === 0 ? (
        <p className={classes.empty}>{t('It was made from no other document.')}</p>
      ) : (
        <ol className={classes.items}>
          {chain.map((one) => (
            <li key={one.id}>
              <DocumentLink document={one} name={nameOf(one)} onVisit={onVisit} />{' '}
              <span className={classes.empty}>{formatDate(one.datestamp)}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}
