import { groupedByType, groupsOf, type Grouping } from '../model/groups.ts';
import { orderedGroups } from '../model/settings.ts';
import { change, type TraceStore } from '../trace-store.ts';

/**
 * Puts channels together by something else; groups stand in their own order again. Groups of one kind are folded: a list
 * of shanks is looked at before what is on them.
 */
export function groupBy(store: TraceStore, by: Grouping, of: Readonly<Record<string, string>> = {}): void {
  const settings = { ...groupedByType, by, of: { ...of } };
  const closed = by === 'type' ? [] : groupsOf(store.getState().info.channels, settings).map(({ key }) => key);
  change(store, { groups: { ...settings, closed } });
}

/** Moves a group by some places, up (below 0) or down, in the list and in the picture. */
export function moveGroup(store: TraceStore, key: string, places: number): void {
  const { info, settings } = store.getState();
  const keys = orderedGroups(
    info.channels.filter((channel) => channel.type !== 'time'),
    settings,
  ).map((group) => group.key);
  const from = keys.indexOf(key);
  const to = Math.min(Math.max(from + places, 0), keys.length - 1);
  if (from < 0 || to === from) return;
  keys.splice(to, 0, ...keys.splice(from, 1));
  change(store, { groups: { ...settings.groups, order: keys } });
}

/** Folds the channels of a group away in the list, or shows them there again. */
export function foldGroup(store: TraceStore, key: string): void {
  const { groups } = store.getState().settings;
  const closed = new Set(groups.closed);
  if (!closed.delete(key)) closed.add(key);
  change(store, { groups: { ...groups, closed: [...closed] } });
}
