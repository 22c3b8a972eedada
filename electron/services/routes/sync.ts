import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function syncRoutes({ sync }: Services) {
  return {
    sync: {
      graph: os.sync.graph.handler(({ input, signal }) => sync.graph(input, signal)),
      health: os.sync.health.handler(({ input, signal }) => sync.health(input, signal)),
      epoch: os.sync.epoch.handler(({ input }) => sync.epoch(input)),
      convert: os.sync.convert.handler(({ input }) => sync.convert(input)),
      convertMany: os.sync.convertMany.handler(({ input }) => sync.convertMany(input)),
      signalTimes: os.sync.signalTimes.handler(({ input }) => sync.signalTimes(input)),
      placeEpochs: os.sync.placeEpochs.handler(({ input, signal }) => sync.placeEpochs(input, signal)),
      rules: os.sync.rules.handler(({ input }) => sync.rules(input)),
      preview: os.sync.preview.handler(({ input, signal }) => sync.preview(input, signal)),
      addRule: os.sync.addRule.handler(({ input }) => sync.addRule(input)),
      removeRule: os.sync.removeRule.handler(({ input }) => sync.removeRule(input)),
      saveMappings: os.sync.saveMappings.handler(({ input, signal }) => sync.saveMappings(input, signal)),
      fit: os.sync.fit.handler(({ input }) => sync.fit(input)),
    },
  };
}
