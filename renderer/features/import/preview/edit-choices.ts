import type { ImportChoices, RecordingEdit } from '../../../../shared/model/import-plan/choices.ts';

/** Makes recordings one epoch. */
export function withMerge(choices: ImportChoices, keys: readonly string[]): ImportChoices {
  const joined = new Set(keys);
  return {
    ...choices,
    merges: [...withoutKeys(choices.merges, joined), keys],
    alone: choices.alone.filter((key) => !joined.has(key)),
  };
}

/** Makes each recording an epoch of its own again. */
export function withSplit(choices: ImportChoices, keys: readonly string[]): ImportChoices {
  const torn = new Set(keys);
  const alone = choices.pattern === undefined ? [] : [...new Set([...choices.alone, ...keys])];
  return { ...choices, merges: withoutKeys(choices.merges, torn), alone };
}

function withoutKeys(merges: ImportChoices['merges'], gone: ReadonlySet<string>): ImportChoices['merges'] {
  return merges.map((merge) => merge.filter((key) => !gone.has(key))).filter(({ length }) => length > 1);
}

/** Gives all but the first recording of each device in an epoch a device of its own: `intan1_2`, `intan1_3`, ... */
export function withOwnDevices(
  choices: ImportChoices,
  recordings: readonly { readonly key: string; readonly device: string }[],
) {
  return [...Map.groupBy(recordings, ({ device }) => device).values()].reduce(
    (all, [, ...others]) =>
      others.reduce((next, { key, device }, at) => withEdit(next, [key], { device: `${device}_${at + 2}` }), all),
    choices,
  );
}

/** Says something of recordings; what is undefined is said no more. */
export function withEdit(choices: ImportChoices, keys: readonly string[], change: RecordingEdit): ImportChoices {
  const changed = keys.map((key): [string, RecordingEdit] => {
    const edit = { ...choices.recordings[key], ...change };
    return [key, Object.fromEntries(Object.entries(edit).filter(([, value]) => value !== undefined))];
  });
  const recordings = { ...choices.recordings, ...Object.fromEntries(changed) };
  const said = Object.entries(recordings).filter(([, edit]) => Object.keys(edit).length > 0);
  return { ...choices, recordings: Object.fromEntries(said) };
}

/** Takes recordings in or leaves them out. */
export function withTaken(choices: ImportChoices, keys: readonly string[], taken: boolean): ImportChoices {
  const changed = new Set(keys);
  const others = choices.exclude.filter((key) => !changed.has(key));
  return { ...choices, exclude: taken ? others : [...others, ...keys] };
}

/** What was said of recordings that are still there. */
export function withKnown(choices: ImportChoices, found: readonly { readonly key: string }[]): ImportChoices {
  const known = new Set(found.map(({ key }) => key));
  const those = (keys: readonly string[]) => keys.filter((key) => known.has(key));
  return {
    ...choices,
    exclude: those(choices.exclude),
    alone: those(choices.alone),
    merges: choices.merges.map(those).filter(({ length }) => length > 1),
    recordings: Object.fromEntries(Object.entries(choices.recordings).filter(([key]) => known.has(key))),
  };
}
