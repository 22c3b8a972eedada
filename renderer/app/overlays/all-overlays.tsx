import '@mantine/notifications/styles.css';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { SignInDialog } from '../../components/account/sign-in-dialog.tsx';
import { ContextMenu } from '../../components/context-menu.tsx';
import { ModalsStand } from '../../components/modals.ts';
import { PathDialog } from '../../components/path-dialog/path-dialog.tsx';
import { t } from '../../texts/translate.ts';
import { MessageToasts } from '../message-toasts.tsx';
import { Palette } from '../palette/palette.tsx';
import { Tour } from '../tour.tsx';

export { openPalette } from '../palette/palette.tsx';
export { showAbout } from '../about-dialog.tsx';
export { chooseAmong } from '../drop/choose-among.tsx';

/** Everything that lies over the window, in one chunk of its own. */
export function AllOverlays() {
  return (
    <>
      <ModalsProvider labels={{ confirm: t('OK'), cancel: t('Cancel') }} />
      <ModalsStand />
      <Notifications position="bottom-right" limit={4} containerWidth={380} className="ndi-toasts" />
      <Palette />
      <PathDialog />
      <SignInDialog />
      <ContextMenu />
      <MessageToasts />
      <Tour />
    </>
  );
}
