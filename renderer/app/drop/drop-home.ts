/** A session or dataset of the tree over which something is dropped. */
export interface DropHome {
  readonly path: string;
  readonly kind: 'session' | 'dataset';
  readonly name: string;
}

/** What a line of the tree says of itself, for `dropHomeOf`. */
export function dropMark({ path, kind, name }: DropHome): Readonly<Record<`data-drop-${string}`, string>> {
  return { 'data-drop-path': path, 'data-drop-kind': kind, 'data-drop-name': name };
}

/** The session or dataset whose line is under the pointer, or null. */
export function dropHomeOf(target: EventTarget | null): DropHome | null {
  const line = target instanceof Element ? target.closest<HTMLElement>('[data-drop-path]') : null;
  if (line === null) return null;
  const { dropPath = '', dropKind, dropName = '' } = line.dataset;
  return { path: dropPath, kind: dropKind === 'dataset' ? 'dataset' : 'session', name: dropName };
}
