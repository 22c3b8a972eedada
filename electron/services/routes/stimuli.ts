import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function stimulusRoutes({ stimuli, cloud: { files } }: Services) {
  return {
    stimuli: {
      list: os.stimuli.list.handler(({ input, signal }) => files.onDemand(() => stimuli.list(input, signal), signal)),
      readTable: os.stimuli.readTable.handler(({ input }) => stimuli.readTable(input)),
      importTable: os.stimuli.importTable.handler(({ input, signal }) => stimuli.importTable(input, signal)),
      decode: os.stimuli.decode.handler(({ input, signal }) =>
        files.onDemand(() => stimuli.decode(input, signal), signal),
      ),
    },
  };
}
