import { encodeViewFrame } from '../../../shared/model/view-frame.ts';
import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function signalRoutes({ signals, overviews, cloud: { files } }: Services) {
  return {
    recordings: {
      describe: os.recordings.describe.handler(({ input, signal }) =>
        files.onDemand(() => signals.describe(input.source, signal), signal),
      ),
    },
    signals: {
      view: os.signals.view.handler(async ({ input, signal }) => {
        return encodeViewFrame(await files.onDemand(() => signals.view(input, signal), signal));
      }),
      envelope: os.signals.envelope.handler(({ input, signal }) =>
        files.onDemand(() => signals.envelope(input, signal), signal),
      ),
      buildOverview: os.signals.buildOverview.handler(({ input, signal }) => overviews.build(input, signal)),
      read: os.signals.read.handler(({ input, signal }) => files.onDemand(() => signals.read(input, signal), signal)),
      values: os.signals.values.handler(({ input, signal }) =>
        files.onDemand(() => signals.values(input, signal), signal),
      ),
      events: os.signals.events.handler(({ input, signal }) =>
        files.onDemand(() => signals.events(input, signal), signal),
      ),
      eventCounts: os.signals.eventCounts.handler(({ input, signal }) => signals.eventCounts(input, signal)),
    },
  };
}
