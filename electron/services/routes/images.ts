import { encodeImageFrame } from '../../../shared/model/image-frame.ts';
import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function imageRoutes({ images, cloud: { files } }: Services) {
  return {
    images: {
      list: os.images.list.handler(({ input, signal }) => images.list(input, signal)),
      describe: os.images.describe.handler(({ input, signal }) =>
        files.onDemand(() => images.describe(input.source, signal), signal),
      ),
      frame: os.images.frame.handler(async ({ input, signal }) => {
        return encodeImageFrame(await files.onDemand(() => images.frame(input, signal), signal));
      }),
      times: os.images.times.handler(({ input, signal }) =>
        files.onDemand(() => images.times(input.source, signal), signal),
      ),
      frameAt: os.images.frameAt.handler(({ input, signal }) =>
        files.onDemand(() => images.frameAt(input, signal), signal),
      ),
      part: os.images.part.handler(({ input, signal }) => files.onDemand(() => images.part(input, signal), signal)),
      add: os.images.add.handler(({ input, signal }) => images.add(input, signal)),
    },
  };
}
