import { getDefaultZIndex, Modal } from '@mantine/core';
import { t } from '../../texts/translate.ts';
import { usePathRequest } from './choose-path.ts';
import { PathBrowser } from './path-browser.tsx';

/** The dialog for folders and files of the machine that holds the data, where the system's own is out of reach. */
export function PathDialog() {
  const asked = usePathRequest((state) => state.asked);
  return (
    <Modal
      // Another dialog may ask for the path.
      zIndex={getDefaultZIndex('modal') + 10}
      opened={asked !== null}
      onClose={() => asked?.answer(null)}
      title={asked?.title ?? ''}
      size="lg"
      closeButtonProps={{ 'aria-label': t('Close') }}
    >
      {asked !== null && <PathBrowser request={asked} onAnswer={asked.answer} />}
    </Modal>
  );
}
