import { encodeViewFrame } from '../../../shared/model/view-frame.ts';
import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function signalRoutes({ signals, overviews }: Services) {
  return {
    recordings: {
      describe: os.recordings.describe.handler(({ input, signal }) => signals.describe(input.source, signal)),
    },
    signals: {
      view: os.signals.view.handler(async ({ input, signal }) => {
        const frame = await signals.view(input, signal);
        return new Blob([encodeViewFrame(frame)]);
      }),
      envelope: os.signals.envelope.handler(({ input, signal }) => signals.envelope(input, signal)),
      buildOverview: os.signals.buildOverview.handler(({ input, signal }) => overviews.build(input, signal)),
      read: os.signals.read.handler(({ input, signal }) => signals.read(input, signal)),
      events: os.signals.events.handler(({ input, signal }) => signals.events(input, signal)),
    },
  };
}
