import { Button } from '@mantine/core';
import { modals } from '../../components/modals.ts';
import { t } from '../../texts/translate.ts';

/** Asks which of several equal finds was meant; null when none is chosen. */
export function chooseAmong(name: string, paths: readonly string[]): Promise<string | null> {
  return new Promise((resolve) => {
    const id = modals.open({
      title: t('Which “{{name}}” is meant?', { name }),
      size: 'lg',
      closeButtonProps: { 'aria-label': t('Close') },
      onClose: () => {
        resolve(null);
      },
      children: (
        <div style={{ display: 'grid', gap: 8 }}>
          <p style={{ margin: 0 }}>{t('Several places hold an item of this name with the same content.')}</p>
          {paths.map((path) => (
            <Button
              key={path}
              variant="default"
              justify="flex-start"
              onClick={() => {
                resolve(path);
                modals.close(id);
              }}
            >
              <span translate="no">{path}</span>
            </Button>
          ))}
        </div>
      ),
    });
  });
}
