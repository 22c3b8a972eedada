import { IconDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { plural, t } from '../../texts/translate.ts';
import classes from './drop-target.module.css';
import { type DropHome, dropHomeOf } from './drop-home.ts';
import { openDropped } from './open-dropped.ts';

/** The whole window takes files and folders; while something hovers, an overlay says what will happen. */
export function DropTarget() {
  const { count, home } = useDraggedFiles();
  if (count === 0) return null;
  if (home !== null) return <AddWords count={count} home={home} />;
  return (
    <div className={classes.overlay}>
      <div className={classes.words} role="status">
        <IconDownload size={32} aria-hidden />
        <strong>{plural(count, 'Open {{count}} item', 'Open {{count}} items')}</strong>
        <span>
          {t('A session or dataset opens, a recording shows its traces, any other folder is looked through.')}
        </span>
      </div>
    </div>
  );
}

/** Over a session or dataset of the tree: they are added to it. */
function AddWords({ count, home: { kind, name } }: { readonly count: number; readonly home: DropHome }) {
  return (
    <div className={classes.added} role="status">
      <strong>
        {kind === 'session'
          ? plural(count, 'Add {{count}} item to the session {{name}}', 'Add {{count}} items to the session {{name}}', {
              name,
            })
          : plural(count, 'Add {{count}} item to the dataset {{name}}', 'Add {{count}} items to the dataset {{name}}', {
              name,
            })}
      </strong>
    </div>
  );
}

/**
 * How many files and folders hover over the window, and over which session or dataset of the tree. Panels that are
 * dragged in the dock are none.
 */
function useDraggedFiles(): { readonly count: number; readonly home: DropHome | null } {
  const [count, setCount] = useState(0);
  const [home, setHome] = useState<DropHome | null>(null);
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      const files = fileCount(event.dataTransfer);
      if (files === 0 || event.dataTransfer === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setCount(files);
      const now = dropHomeOf(event.target);
      // The one before where both are the same, so that nothing is drawn anew.
      setHome((before) => (before?.path === now?.path ? before : now));
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setCount(0);
    };
    const onDrop = (event: DragEvent) => {
      if (fileCount(event.dataTransfer) === 0 || event.dataTransfer === null) return;
      event.preventDefault();
      setCount(0);
      setHome(null);
      void openDropped(event.dataTransfer, dropHomeOf(event.target));
    };
    // In the capture phase, so that no panel's own drag and drop stands in the way of files.
    window.addEventListener('dragenter', onDragOver, true);
    window.addEventListener('dragover', onDragOver, true);
    window.addEventListener('dragleave', onDragLeave, true);
    window.addEventListener('drop', onDrop, true);
    return () => {
      window.removeEventListener('dragenter', onDragOver, true);
      window.removeEventListener('dragover', onDragOver, true);
      window.removeEventListener('dragleave', onDragLeave, true);
      window.removeEventListener('drop', onDrop, true);
    };
  }, []);
  return { count, home };
}

function fileCount(data: DataTransfer | null): number {
  return data === null ? 0 : [...data.items].filter((item) => item.kind === 'file').length;
}
