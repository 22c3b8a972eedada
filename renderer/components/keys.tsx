import { shortcutKeys } from '../state/shortcuts.ts';

/** A shortcut drawn as keys: `Ctrl` `K`. */
export function Keys({ shortcut }: { readonly shortcut: string }) {
  return (
    <span style={{ display: 'inline-flex', gap: 2 }} translate="no">
      {shortcutKeys(shortcut).map((key) => (
        <kbd key={key}>{key}</kbd>
      ))}
    </span>
  );
}
