import { encodeSpikeFrame } from '../../../shared/model/spike-frame.ts';
import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function unitRoutes({ units, cloud: { files } }: Services) {
  return {
    units: {
      list: os.units.list.handler(({ input, signal }) => files.onDemand(() => units.list(input, signal), signal)),
      spikes: os.units.spikes.handler(async ({ input, signal }) => {
        return encodeSpikeFrame(await files.onDemand(() => units.spikes(input, signal), signal));
      }),
      times: os.units.times.handler(({ input, signal }) => files.onDemand(() => units.times(input, signal), signal)),
      next: os.units.next.handler(({ input, signal }) => files.onDemand(() => units.next(input, signal), signal)),
      waveform: os.units.waveform.handler(({ input, signal }) =>
        files.onDemand(() => units.waveform(input, signal), signal),
      ),
    },
  };
}
