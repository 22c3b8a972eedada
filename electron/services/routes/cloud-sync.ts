import type { Services } from '../services.ts';
import { os } from './implementer.ts';

const done = { done: true } as const;

/** Copies of datasets here and in NDI Cloud: comparing them and bringing them in step. */
export function cloudSyncRoutes({ cloud }: Services) {
  const { planning, transfers } = cloud;
  return {
    cloudSync: {
      status: os.cloudSync.status.handler(({ input, signal }) => planning.status(input.path, input.check, signal)),
      glance: os.cloudSync.glance.handler(({ input }) => planning.glance(input.path)),
      plan: os.cloudSync.plan.handler(({ input, signal }) => planning.plan(input, signal)),
      versions: os.cloudSync.versions.handler(({ input, signal }) => planning.versions(input.path, input.id, signal)),
      history: os.cloudSync.history.handler(({ input }) => planning.history(input.path, input.id)),
      lost: os.cloudSync.lost.handler(({ input }) => planning.lost(input.path)),
      quarantine: os.cloudSync.quarantine.handler(({ input }) => planning.quarantine(input.path)),
      start: os.cloudSync.start.handler(async ({ input }) => ({ id: await transfers.start(input.request) })),
      finish: os.cloudSync.finish.handler(({ input, signal }) => transfers.finish(input.id, signal)),
      watch: os.cloudSync.watch.handler(({ signal }) => transfers.watch(signal)),
      pause: os.cloudSync.pause.handler(async ({ input }) => (await transfers.pause(input.id), done)),
      resume: os.cloudSync.resume.handler(async ({ input }) => (await transfers.resume(input.id), done)),
      cancel: os.cloudSync.cancel.handler(async ({ input }) => (await transfers.cancel(input.id), done)),
      retry: os.cloudSync.retry.handler(async ({ input }) => ({ id: await transfers.retry(input.id) })),
      forget: os.cloudSync.forget.handler(({ input }) => (transfers.forget(input.id), done)),
      keepToNetwork: os.cloudSync.keepToNetwork.handler(
        async ({ input }) => (await transfers.keepToNetwork(input.on), done),
      ),
      limit: os.cloudSync.limit.handler(({ input }) => (transfers.limit(input.bytesASecond), done)),
    },
  };
}
