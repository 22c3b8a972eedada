import { protocol, type Session } from 'electron';
import { pageResponder, type PageSource } from './page-responder.ts';
import { PAGE_SCHEME } from './policies/own-page.ts';

/** Makes `app://` an origin like https; Electron takes this only before the application is ready. */
export function declarePageScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: PAGE_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
}

/** Serves the page to the windows of a session. */
export function servePage(session: Session, source: PageSource): void {
  session.protocol.handle(PAGE_SCHEME, pageResponder(source));
}
