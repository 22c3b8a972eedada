import type { Session, WebContents } from 'electron';
import { mayDownload } from './policies/downloads.ts';
import { externalAddress } from './policies/external-address.ts';
import { mayNavigate } from './policies/navigation.ts';
import { mayUse } from './policies/permissions.ts';

/**
 * Wires the verdicts of policies/ to everything that a web contents can attempt. Called for every web contents that
 * comes into being, whoever made it.
 */
export function guardContents(contents: WebContents, openExternal: (address: string) => void): void {
  // `will-frame-navigate` comes for the main frame and for every other; redirects come by an event of their own.
  for (const event of ['will-frame-navigate', 'will-redirect'] as const) {
    contents.on(event as 'will-frame-navigate', (details) => {
      if (!mayNavigate({ address: details.url, isMainFrame: details.isMainFrame })) details.preventDefault();
    });
  }
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(({ url }) => {
    const address = externalAddress(url);
    // After this handler has answered: the system's launcher may block for as long as it likes.
    if (address !== null) setImmediate(openExternal, address);
    return { action: 'deny' };
  });
}

/** Permissions, devices and downloads of a session; screens are refused by Electron itself where nobody hands them out. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) => {
    answer(mayUse({ permission, address: details.requestingUrl, isMainFrame: details.isMainFrame }));
  });
  session.setPermissionCheckHandler((_contents, permission, origin, details) =>
    mayUse({ permission, address: details.requestingUrl ?? origin, isMainFrame: details.isMainFrame }),
  );
  session.setDevicePermissionHandler(() => false);
  session.on('will-download', (event, item) => {
    if (!mayDownload(item.getURL())) event.preventDefault();
  });
}
