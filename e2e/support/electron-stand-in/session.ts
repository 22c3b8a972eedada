import { EventEmitter } from 'node:events';

type PageHandler = (request: Request) => Promise<Response> | Response;
type CheckHandler = (contents: object, permission: string, origin: string, details: object) => boolean;

const schemes = new Map<string, object>();

class Protocol {
  readonly handlers = new Map<string, PageHandler>();

  handle(scheme: string, handler: PageHandler): void {
    const privileges = schemes.get(scheme) as { standard?: boolean; secure?: boolean } | undefined;
    if (privileges?.standard !== true) throw new Error(`The scheme ${scheme} was not declared as standard.`);
    this.handlers.set(scheme, handler);
  }

  isProtocolHandled(scheme: string): boolean {
    return this.handlers.has(scheme);
  }
}

class Session extends EventEmitter {
  readonly protocol = new Protocol();
  check: CheckHandler = () => true;

  setPermissionCheckHandler(handler: CheckHandler): void {
    this.check = handler;
  }
  /** Requests are exercised on the guard itself (guards.test.ts): a browser without a window has nobody to ask. */
  setPermissionRequestHandler(): void {}
  setDevicePermissionHandler(): void {}
}

export const session = { defaultSession: new Session() };

export const protocol = {
  registerSchemesAsPrivileged(declared: { scheme: string; privileges: object }[]): void {
    for (const { scheme, privileges } of declared) schemes.set(scheme, privileges);
  },
};
