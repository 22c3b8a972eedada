import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function movieRoutes({ movies, cloud: { files } }: Services) {
  return {
    movies: {
      list: os.movies.list.handler(({ input, signal }) => files.onDemand(() => movies.list(input, signal), signal)),
      part: os.movies.part.handler(({ input, signal }) => movies.part(input, signal)),
    },
  };
}
