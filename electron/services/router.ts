import { createRouterClient, implement } from '@orpc/server';
import { contract } from '../../shared/contract/contract.ts';
import { toWireError } from '../../shared/contract/client-errors.ts';
import { encodeViewFrame } from '../../shared/model/view-frame.ts';
import { listFolder, locateDropped } from './folders.ts';
import { createSession } from './imports/create.ts';
import { scanForImport } from './imports/scan.ts';
import { makeDemo, suggestDemoFolder } from './demo/demo.ts';
import type { Services } from './services.ts';

/** How often the memory meter reports. */
const METER_EVERY_MS = 2000;

/** Binds the contract to the services. Each procedure is one call; arguments and results are parsed here. */
export function createRouter(services: Services) {
  const os = implement(contract).use(async ({ next }) => {
    try {
      return await next();
    } catch (thrown) {
      throw toWireError(thrown);
    }
  });
  const { jobs, settings, recents, items, documents, signals } = services;
  return os.router({
    application: {
      about: os.application.about.handler(() => services.about),
      meter: os.application.meter.handler(async function* ({ signal }) {
        while (signal?.aborted !== true) {
          yield services.meter();
          await sleep(METER_EVERY_MS, signal);
        }
      }),
      hostEvents: os.application.hostEvents.handler(({ signal }) => services.hostEvents.watch(signal)),
      clearCaches: os.application.clearCaches.handler(() => services.clearCaches()),
    },
    jobs: {
      watch: os.jobs.watch.handler(({ signal }) => jobs.watch(signal)),
      cancel: os.jobs.cancel.handler(({ input }) => ({ cancelled: jobs.cancel(input.id) })),
      clear: os.jobs.clear.handler(() => ({ cleared: jobs.clear() })),
    },
    settings: {
      get: os.settings.get.handler(() => settings.get()),
      set: os.settings.set.handler(({ input }) => settings.set(input)),
      reset: os.settings.reset.handler(() => settings.reset()),
    },
    items: {
      info: os.items.info.handler(({ input, signal }) => items.info(input.path, input.sessionId, signal)),
      open: os.items.open.handler(({ input, signal }) => items.open(input.path, signal)),
    },
    recents: {
      list: os.recents.list.handler(() => recents.list()),
      pin: os.recents.pin.handler(({ input }) => recents.pin(input.path, input.pinned)),
      remove: os.recents.remove.handler(({ input }) => recents.remove(input.path)),
    },
    folders: {
      list: os.folders.list.handler(({ input }) => listFolder(input.path, input.files)),
      locate: os.folders.locate.handler(async ({ input }) => ({
        paths: await locateDropped(
          input,
          recents.list().map((recent) => recent.path),
        ),
      })),
    },
    documents: {
      classes: os.documents.classes.handler(({ input }) => documents.classes(input.path, input.sessionId)),
      list: os.documents.list.handler(({ input }) => documents.list(input)),
      full: os.documents.full.handler(({ input }) => documents.full(input)),
      get: os.documents.get.handler(({ input }) => documents.get(input.path, input.id)),
      file: os.documents.file.handler(({ input }) => documents.file(input)),
    },
    imports: {
      scan: os.imports.scan.handler(({ input, signal }) => scanForImport(services, input, signal)),
      create: os.imports.create.handler(({ input }) => createSession(services, input)),
    },
    demo: {
      make: os.demo.make.handler(({ input }) => makeDemo(services, input)),
      suggestFolder: os.demo.suggestFolder.handler(() => ({ folder: suggestDemoFolder() })),
    },
    recordings: {
      describe: os.recordings.describe.handler(({ input, signal }) => signals.describe(input.source, signal)),
    },
    signals: {
      view: os.signals.view.handler(async ({ input, signal }) => {
        const frame = await signals.view(input, signal);
        return new Blob([encodeViewFrame(frame)]);
      }),
      envelope: os.signals.envelope.handler(({ input, signal }) => signals.envelope(input, signal)),
      read: os.signals.read.handler(({ input, signal }) => signals.read(input, signal)),
      events: os.signals.events.handler(({ input, signal }) => signals.events(input, signal)),
    },
  });
}

/** The same calls without a transport, for the command line: parsed and answered as over a wall. */
export function createDirectClient(services: Services) {
  return createRouterClient(createRouter(services));
}

async function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
