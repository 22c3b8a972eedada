import { IconDownload } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { plural, t } from '../../texts/translate.ts';
import classes from './drop-target.module.css';
import { openDropped } from './open-dropped.ts';

/** The whole window takes files and folders; while something hovers, an overlay says what will happen. */
export function DropTarget() {
  const count = useDraggedFiles();
  if (count === 0) return null;
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

/** How many files and folders hover over the window. Panels that are dragged in the dock are none. */
function useDraggedFiles(): number {
  const [count, setCount] = useState(0);
  useEffect(() => {
    const onDragOver = (event: DragEvent) => {
      const files = fileCount(event.dataTransfer);
      if (files === 0 || event.dataTransfer === null) return;
      event.preventDefault();
      event.dataTransfer.dropEffect = 'copy';
      setCount(files);
    };
    const onDragLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setCount(0);
    };
    const onDrop = (event: DragEvent) => {
      if (fileCount(event.dataTransfer) === 0 || event.dataTransfer === null) return;
      event.preventDefault();
      setCount(0);
      void openDropped(event.dataTransfer);
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
  return count;
}

function fileCount(data: DataTransfer | null): number {
  return data === null ? 0 : [...data.items].filter((item) => item.kind === 'file').length;
}
