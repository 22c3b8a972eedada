import { t } from '../../texts/translate.ts';
import classes from './path-dialog.module.css';

/** The folders above a path, each a way back to it. */
export function PathCrumbs({ path, onGo }: { readonly path: string; readonly onGo: (path: string) => void }) {
  return (
    <nav className={classes.crumbs} aria-label={t('Folders above')}>
      {crumbsOf(path).map((crumb) => (
        <button key={crumb.path} type="button" translate="no" onClick={() => onGo(crumb.path)}>
          {crumb.name}
        </button>
      ))}
    </nav>
  );
}

/** Each folder on the way to a path, the path itself last: `/`, `/data`, `/data/rat1`; `C:\`, `C:\data`. */
export function crumbsOf(path: string): { name: string; path: string }[] {
  const separator = path.includes('\\') && !path.startsWith('/') ? '\\' : '/';
  const parts = path.split(separator).filter((part) => part !== '');
  const share = path.startsWith('\\\\');
  const root = path.startsWith('/') ? [{ name: '/', path: '/' }] : [];
  const start = path.startsWith('/') ? '/' : share ? '\\\\' : '';
  const folders = parts.map((name, index) => {
    const joined = start + parts.slice(0, index + 1).join(separator);
    return { name, path: /^[A-Za-z]:$/.test(joined) ? `${joined}\\` : joined };
  });
  return [...root, ...folders];
}
