import { useRecents } from '../../state/recents.ts';
import { t } from '../../texts/translate.ts';
import { commandHits, recentHits, settingHits, type PaletteHit } from './palette-hits.ts';
import { useProbeHits } from './probe-hits.ts';
import { timeHits } from './time-hits.ts';
import { useDocumentHits } from './use-document-hits.ts';

interface PaletteHits {
  /** Without those that are empty. */
  readonly groups: readonly { readonly title: string; readonly hits: readonly PaletteHit[] }[];
  /** What to say when there are none. */
  readonly nothing: string;
  /** They answer an earlier query. */
  readonly isLate: boolean;
}

/** What a query finds; its first character says where. */
export function usePaletteHits(query: string): PaletteHits {
  const recents = useRecents((state) => state.recents) ?? [];
  const documents = useDocumentHits(query.startsWith('#') ? query.slice(1).trim() : null);
  const probes = useProbeHits(query);
  if (query.startsWith('#')) {
    const { hits, nothing, isLate } = documents;
    return { groups: filled([{ title: t('Documents'), hits }]), nothing, isLate };
  }
  if (query.startsWith('@')) {
    const { hits, nothing } = timeHits(query.slice(1).trim());
    return { groups: filled([{ title: t('Time'), hits }]), nothing, isLate: false };
  }
  if (query.startsWith('>')) {
    const hits = settingHits(query.slice(1));
    return { groups: filled([{ title: t('Settings'), hits }]), nothing: t('No such setting'), isLate: false };
  }
  const groups = [
    { title: t('Recent'), hits: recentHits(query, recents) },
    { title: t('Probes'), hits: probes },
    { title: t('Commands'), hits: commandHits(query) },
  ];
  return { groups: filled(groups), nothing: t('Nothing of that name'), isLate: false };
}

function filled(groups: PaletteHits['groups']): PaletteHits['groups'] {
  return groups.filter(({ hits }) => hits.length > 0);
}
