import { encodeSpikeFrame } from '../../../shared/model/spike-frame.ts';
import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function unitRoutes({ units }: Services) {
  return {
    units: {
      list: os.units.list.handler(({ input, signal }) => units.list(input, signal)),
      spikes: os.units.spikes.handler(async ({ input, signal }) => {
        return new Blob([encodeSpikeFrame(await units.spikes(input, signal))]);
      }),
      times: os.units.times.handler(({ input, signal }) => units.times(input, signal)),
      next: os.units.next.handler(({ input, signal }) => units.next(input, signal)),
      waveform: os.units.waveform.handler(({ input, signal }) => units.waveform(input, signal)),
    },
  };
}
