import type { Recent } from '../../../shared/contract/sessions.ts';
import { commandIds, commandLabel, commandState, runCommand } from '../../state/commands.ts';
import { openPath } from '../../state/items.ts';
import { openPanel } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { settingItems } from '../../state/setting-items.ts';
import { shortcutFor } from '../../state/shortcuts.ts';
import { matchScore } from './match.ts';

/** One line of the palette. */
export interface PaletteHit {
  readonly id: string;
  readonly title: string;
  readonly detail: string;
  readonly shortcut: string;
  /** Why it cannot be chosen now; undefined when it can. */
  readonly disabledReason?: string;
  /** Title and detail are data (names, paths), not words of ours. */
  readonly data?: boolean;
  readonly run: () => void;
}

/** Recents shown while nothing is typed. */
const FIRST_RECENTS = 5;

export function commandHits(query: string): PaletteHit[] {
  const hits = commandIds
    .filter((id) => id !== 'palette.open')
    .map((id) => {
      const state = commandState(id);
      return {
        id,
        title: commandLabel(id),
        detail: state.enabled ? '' : state.reason,
        shortcut: shortcutFor(id),
        ...(state.enabled ? {} : { disabledReason: state.reason }),
        run: () => {
          // After the palette has closed and given the focus back, so that a dialog opens over the page.
          setTimeout(() => runCommand(id));
        },
      };
    });
  // What can be done comes before what cannot.
  return best(query, hits, (hit) => hit.title).sort(
    (a, b) => Number(a.disabledReason !== undefined) - Number(b.disabledReason !== undefined),
  );
}

export function recentHits(query: string, recents: readonly Recent[]): PaletteHit[] {
  const hits = recents
    .filter((recent) => !recent.missing)
    .map((recent) => ({
      id: `recent:${recent.path}`,
      title: recent.reference === '' ? basename(recent.path) : recent.reference,
      detail: recent.path,
      shortcut: '',
      data: true,
      run: () => void openPath(recent.path),
    }));
  if (query.trim() === '') return hits.slice(0, FIRST_RECENTS);
  return best(query, hits, (hit) => `${hit.title} ${hit.detail}`);
}

export function settingHits(query: string): PaletteHit[] {
  const hits = settingItems().map((item) => ({
    id: `setting:${item.id}`,
    title: item.title,
    detail: item.description,
    shortcut: '',
    run: () => {
      openPanel('settings', { search: item.title });
    },
  }));
  return best(query, hits, (hit) => `${hit.title} ${hit.detail}`);
}

/** The hits that match, the best first; all of them in their order without a query. */
function best<H>(query: string, hits: readonly H[], text: (hit: H) => string): H[] {
  return hits
    .map((hit) => ({ hit, score: matchScore(query, text(hit)) }))
    .filter((scored) => scored.score > 0)
    .sort((a, b) => b.score - a.score)
    .map((scored) => scored.hit);
}
