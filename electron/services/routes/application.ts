import type { Services } from '../services.ts';
import { os } from './implementer.ts';

/** How often the memory meter reports. */
const METER_EVERY_MS = 2000;

export function applicationRoutes(services: Services) {
  const { jobs, settings } = services;
  return {
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
      set: os.settings.set.handler(({ input }) => {
        const changed = settings.set(input);
        if (input.documentTypeFolders !== undefined) services.documentTypes.reload();
        return changed;
      }),
      reset: os.settings.reset.handler(() => {
        const fresh = settings.reset();
        services.documentTypes.reload();
        return fresh;
      }),
    },
  };
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
