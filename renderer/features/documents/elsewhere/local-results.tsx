import { Button } from '@mantine/core';
import { useEffect } from 'react';
import type { Recent } from '../../../../shared/contract/sessions.ts';
import { EmptyState } from '../../../components/empty-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { rowName } from '../../../state/document-names.ts';
import { openPanel } from '../../../state/panels.ts';
import { basename } from '../../../state/paths.ts';
import { refreshRecents, useRecents } from '../../../state/recents.ts';
import { plural, t } from '../../../texts/translate.ts';
import classes from './elsewhere.module.css';
import { type Finding, type Sought, useLocalSearch } from './use-local-search.ts';

/** Documents of all sessions and datasets of this computer that were opened lately, place by place. */
export function LocalResults({ sought }: { readonly sought: Sought }) {
  const recents = useRecents((state) => state.recents);
  useEffect(() => {
    void refreshRecents();
  }, []);
  const places = (recents ?? []).filter((one) => !one.missing && (one.kind === 'session' || one.kind === 'dataset'));
  const asked = sought.text !== '' || sought.query.length > 0 || sought.class !== undefined;
  const findings = useLocalSearch(asked ? places.map(({ path }) => path) : [], sought);
  if (recents === null) return <LoadingState what={t('Looking up the documents…')} lines={4} />;
  if (!asked)
    return (
      <EmptyState
        title={t('Type a text or add a condition to look for it in all sessions and datasets opened lately.')}
      />
    );
  const answered = places.filter(({ path }) => findings.has(path));
  const empty = answered.filter(({ path }) => isEmpty(findings.get(path)));
  const shown = answered.filter(({ path }) => !isEmpty(findings.get(path)));
  return (
    <div className={classes.places}>
      <p className={classes.progress} role="status">
        {answered.length < places.length
          ? t('{{done}} of {{of}} places looked through', { done: answered.length, of: places.length })
          : shown.length === 0
            ? t('Nothing was found in {{of}} sessions and datasets.', { of: places.length })
            : plural(shown.length, 'Found in {{count}} place', 'Found in {{count}} places')}
        {shown.length > 0 &&
          empty.length > 0 &&
          ` · ${plural(empty.length, 'nothing in {{count}} other', 'nothing in {{count}} others')}`}
      </p>
      {shown.map((place) => (
        <Place key={place.path} place={place} finding={findings.get(place.path)} sought={sought} />
      ))}
    </div>
  );
}

function isEmpty(finding: Finding | undefined): boolean {
  return finding?.status === 'ready' && finding.total === 0;
}

interface PlaceProps {
  readonly place: Recent;
  readonly finding: Finding | undefined;
  readonly sought: Sought;
}

function Place({ place: { path, reference }, finding, sought }: PlaceProps) {
  const name = reference === '' ? basename(path) : reference;
  const open = (documentId?: string) =>
    openPanel('documents', {
      ...{ path, text: sought.text, query: sought.query },
      ...(sought.class === undefined ? {} : { class: sought.class }),
      ...(documentId === undefined ? {} : { documentId }),
    });
  return (
    <section className={classes.place} aria-label={name}>
      <header className={classes.placeHead}>
        <h3 className={classes.placeName} translate="no">
          {name}
        </h3>
        <span className={classes.placePath} translate="no">
          {path}
        </span>
        {finding?.status === 'ready' && (
          <Button size="compact-xs" variant="subtle" onClick={() => open()}>
            {plural(finding.total, 'Show {{count}} document', 'Show {{count}} documents')}
          </Button>
        )}
      </header>
      {finding?.status === 'failed' && (
        <p className={classes.fault} role="alert" translate="no">
          {finding.error.message} {finding.error.recovery}
        </p>
      )}
      {finding?.status === 'ready' && (
        <ul className={classes.rows}>
          {finding.documents.map((row) => (
            <li key={row.id}>
              <button type="button" className={classes.row} onClick={() => open(row.id)} translate="no">
                <span className={classes.rowClass}>{row.class}</span>
                <span className={classes.rowName}>{rowName(row) || row.id}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
