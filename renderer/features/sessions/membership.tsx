import { Button } from '@mantine/core';
import { useState } from 'react';
import type { MemberContent } from '../../../shared/contract/datasets.ts';
import type { DatasetInfo } from '../../../shared/contract/sessions.ts';
import { choosePath } from '../../components/path-dialog/choose-path.ts';
import { client } from '../../state/client.ts';
import { isBrokenRules } from '../../state/broken-rules.ts';
import { showError } from '../../state/messages.ts';
import { formatBytes, plural, t } from '../../texts/translate.ts';
import type { DatasetSession } from './part-columns.tsx';
import { PageSection } from './page-head.tsx';
import classes from './sessions.module.css';

interface MembershipProps {
  readonly info: DatasetInfo;
  readonly onReload: () => void;
}

/** Which sessions belong to a dataset, and in which way. */
export function Membership({ info, onReload }: MembershipProps) {
  const { path } = info;
  const [busy, setBusy] = useState(false);
  const [leaving, setLeaving] = useState<MemberContent | null>(null);
  const run = async (work: (unchecked: boolean) => Promise<unknown>, unchecked = false) => {
    setBusy(true);
    try {
      await work(unchecked);
      setLeaving(null);
      onReload();
    } catch (thrown) {
      const again = { label: t('Take it in unchecked'), run: () => void run(work, true) };
      showError(thrown, !unchecked && isBrokenRules(thrown) ? [again] : []);
    } finally {
      setBusy(false);
    }
  };
  const add = async (ingest: boolean) => {
    const session = await choosePath({
      kind: 'folder',
      title: ingest ? t('Choose the session to take in') : t('Choose the session to link'),
      confirm: ingest ? t('Take it in') : t('Link it'),
    });
    if (session !== null) await run((unchecked) => client.datasets.add({ path, session, ingest, unchecked }));
  };
  const askToRemove = (sessionId: string) =>
    void client.datasets.content({ path, sessionId }).then(setLeaving, showError);
  return (
    <PageSection title={t('Which sessions belong to it')}>
      <div className={classes.actions}>
        <Button variant="default" disabled={busy} onClick={() => void add(false)}>
          {t('Link a session…')}
        </Button>
        <Button variant="default" disabled={busy} onClick={() => void add(true)}>
          {t('Take a session in…')}
        </Button>
      </div>
      <ul className={classes.members}>
        {info.sessions.map((session) => (
          <Member
            key={session.id}
            session={session}
            busy={busy}
            leaving={leaving?.id === session.id ? leaving : null}
            onConvert={() =>
              void run((unchecked) => client.datasets.convert({ path, sessionId: session.id, unchecked }))
            }
            onAskToRemove={() => askToRemove(session.id)}
            onKeep={() => setLeaving(null)}
            onRemove={() =>
              void run(() => client.datasets.remove({ path, sessionId: session.id, deleteDocuments: !session.linked }))
            }
          />
        ))}
      </ul>
    </PageSection>
  );
}

interface MemberProps {
  readonly session: DatasetSession;
  readonly busy: boolean;
  readonly leaving: MemberContent | null;
  readonly onConvert: () => void;
  readonly onAskToRemove: () => void;
  readonly onKeep: () => void;
  readonly onRemove: () => void;
}

function Member({ session, busy, leaving, onConvert, onAskToRemove, onKeep, onRemove }: MemberProps) {
  const { reference: name, linked } = session;
  return (
    <li>
      <span translate="no">{name}</span>
      <span>{linked ? t('linked') : t('ingested')}</span>
      {leaving === null ? (
        <>
          {linked && (
            <Button
              variant="default"
              size="compact-sm"
              disabled={busy}
              aria-label={t('Take in {{name}}', { name })}
              onClick={onConvert}
            >
              {t('Take in')}
            </Button>
          )}
          <Button
            variant="default"
            size="compact-sm"
            disabled={busy}
            aria-label={t('Remove {{name}}…', { name })}
            onClick={onAskToRemove}
          >
            {t('Remove…')}
          </Button>
        </>
      ) : (
        <>
          <strong role="alert">{consequence(leaving)}</strong>
          <Button variant="default" size="compact-sm" autoFocus onClick={onKeep}>
            {t('Keep it')}
          </Button>
          <Button color="red" size="compact-sm" disabled={busy} onClick={onRemove}>
            {linked ? t('Unlink it') : t('Delete it')}
          </Button>
        </>
      )}
    </li>
  );
}

function consequence({ linked, documents, files, sizeBytes, dependentsElsewhere }: MemberContent): string {
  if (linked) return t('Only the link goes; the session stays in its folder.');
  const lost = t('This deletes {{documents}} and {{files}} ({{size}}).', {
    documents: plural(documents, '{{count}} document', '{{count}} documents'),
    files: plural(files, '{{count}} file', '{{count}} files'),
    size: formatBytes(sizeBytes),
  });
  if (dependentsElsewhere === 0) return lost;
  const others = plural(
    dependentsElsewhere,
    '{{count}} document of another session depends on them.',
    '{{count}} documents of other sessions depend on them.',
  );
  return `${lost} ${others}`;
}
