import { Spotlight, spotlight } from '@mantine/spotlight';
import { useState } from 'react';
import { t } from '../../texts/translate.ts';
import classes from './palette.module.css';
import { commandHits, recentHits, settingHits, type PaletteHit } from './palette-hits.ts';
import { useProbeHits } from './probe-hits.ts';
import { timeHits } from './time-hits.ts';
import { useDocumentHits } from './use-document-hits.ts';
import { useRecents } from '../../state/recents.ts';
import { Keys } from '../../components/keys.tsx';

export function openPalette(): void {
  spotlight.open();
}

/**
 * Finds commands, recent sessions and probes; after `#` documents of the session in front, after `>` settings, and after
 * `@` the way to a time.
 */
export function Palette() {
  const [query, setQuery] = useState('');
  return (
    <Spotlight.Root
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      attributes={{ content: { 'aria-label': t('Find a command, session or document') } }}
      scrollable
      maxHeight="min(60vh, 480px)"
      size="lg"
      transitionProps={{ duration: 0 }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.4 }}
    >
      <Spotlight.Search
        placeholder={t('Find a command, session or probe – # documents, @ time, > settings')}
        aria-label={t('Find a command, session or document')}
      />
      <PaletteHits query={query} />
    </Spotlight.Root>
  );
}

function PaletteHits({ query }: { readonly query: string }) {
  const recents = useRecents((state) => state.recents) ?? [];
  const documents = useDocumentHits(query.startsWith('#') ? query.slice(1).trim() : null);
  const probes = useProbeHits(query);
  if (query.startsWith('#')) {
    return <HitList groups={[{ title: t('Documents'), hits: documents.hits }]} nothing={documents.nothing} />;
  }
  if (query.startsWith('@')) {
    const { hits, nothing } = timeHits(query.slice(1).trim());
    return <HitList groups={[{ title: t('Time'), hits }]} nothing={nothing} />;
  }
  if (query.startsWith('>')) {
    return (
      <HitList groups={[{ title: t('Settings'), hits: settingHits(query.slice(1)) }]} nothing={t('No such setting')} />
    );
  }
  return (
    <HitList
      groups={[
        { title: t('Recent'), hits: recentHits(query, recents) },
        { title: t('Probes'), hits: probes },
        { title: t('Commands'), hits: commandHits(query) },
      ]}
      nothing={t('Nothing of that name')}
    />
  );
}

interface HitListProps {
  readonly groups: readonly { readonly title: string; readonly hits: readonly PaletteHit[] }[];
  readonly nothing: string;
}

function HitList({ groups, nothing }: HitListProps) {
  const filled = groups.filter((group) => group.hits.length > 0);
  return (
    <Spotlight.ActionsList>
      {filled.length === 0 && <Spotlight.Empty>{nothing}</Spotlight.Empty>}
      {filled.map((group) => (
        <Spotlight.ActionsGroup key={group.title} label={group.title}>
          {group.hits.map((hit) => (
            <Spotlight.Action
              key={hit.id}
              onClick={hit.run}
              closeSpotlightOnTrigger={hit.disabledReason === undefined}
              aria-disabled={hit.disabledReason !== undefined}
              className={classes.hit ?? ''}
            >
              <span className={classes.words}>
                <span translate={hit.data === true ? 'no' : undefined}>{hit.title}</span>
                {hit.detail !== '' && (
                  <small translate={hit.data === true ? 'no' : undefined}>{hit.disabledReason ?? hit.detail}</small>
                )}
              </span>
              {hit.shortcut !== '' && <Keys shortcut={hit.shortcut} />}
            </Spotlight.Action>
          ))}
        </Spotlight.ActionsGroup>
      ))}
    </Spotlight.ActionsList>
  );
}
