/** The names of folders as sets: a scan asks every file of a folder about its neighbours. */
const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Whether a name is among those of a folder. */
export function standsBeside(name: string, siblings: readonly string[]): boolean {
  const set = sets.get(siblings) ?? new Set(siblings);
  sets.set(siblings, set);
  return set.has(name);
}
