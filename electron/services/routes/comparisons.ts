import type { Services } from '../services.ts';
import { os } from './implementer.ts';

export function comparisonRoutes({ comparisons }: Services) {
  return {
    comparisons: {
      summary: os.comparisons.summary.handler(({ input, signal }) => comparisons.summary(input, signal)),
      summaries: os.comparisons.summaries.handler(({ input, signal }) => comparisons.summaries(input, signal)),
      writeExchange: os.comparisons.writeExchange.handler(({ input, signal }) =>
        comparisons.writeExchange(input, signal),
      ),
      items: os.comparisons.items.handler(({ input, signal }) => comparisons.items(input, signal)),
      documents: os.comparisons.documents.handler(({ input }) => comparisons.documents(input)),
      recipe: os.comparisons.recipe.handler(({ input }) => comparisons.recipe(input)),
      byRecipe: os.comparisons.byRecipe.handler(({ input }) => comparisons.byRecipe(input)),
      files: os.comparisons.files.handler(({ input, signal }) => comparisons.files(input, signal)),
    },
  };
}
