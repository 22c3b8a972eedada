import { findAndOpenSignals } from '../../state/element-signals.ts';
import { useItems } from '../../state/items.ts';
import { matchScore } from './match.ts';
import type { PaletteHit } from './palette-hits.ts';
import { t } from '../../texts/translate.ts';

const MOST_HITS = 8;

/** Probes of the sessions that are open; a query names them. */
export function useProbeHits(query: string): readonly PaletteHit[] {
  const items = useItems();
  if (query.trim() === '') return [];
  return Object.entries(items)
    .flatMap(([key, entry]) => {
      if (entry.status !== 'ready' || entry.info.kind !== 'session') return [];
      const { path, probes, reference } = entry.info;
      const sessionId = key.slice(key.indexOf('\0') + 1);
      const place = sessionId === '' ? { path } : { path, sessionId };
      return probes.map((probe) => {
        const title = `${probe.name} | ${probe.reference}`;
        return {
          score: matchScore(query, `${title} ${probe.type}`),
          hit: {
            ...{ id: `probe:${key}:${title}`, title, shortcut: '', data: true },
            detail: [t('probe'), probe.type, reference].join(' · '),
            run: () => void findAndOpenSignals(place, probe),
          },
        };
      });
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_HITS)
    .map(({ hit }) => hit);
}
