import { join } from 'node:path';
import { z } from 'zod';
import { importRecipeSchema } from '../../../shared/contract/imports.ts';
import type { ImportRecipe } from '../../../shared/model/import-plan/recipe.ts';
import { StoredJson } from '../stored-json.ts';

/** Rigs that are remembered; the one used longest ago goes first. */
const KEPT = 100;

/** What was chosen for each rig, so that its next recordings are imported alike. */
export class ImportRecipes {
  readonly #store: StoredJson<ImportRecipe[]>;

  constructor(dataFolder: string) {
    this.#store = new StoredJson(join(dataFolder, 'import-recipes.json'), (stored) => {
      const listed = z.array(z.unknown()).safeParse(stored).data ?? [];
      return listed.flatMap((one) => importRecipeSchema.safeParse(one).data ?? []);
    });
  }

  /** The one used last first. */
  list(): ImportRecipe[] {
    return [...this.#store.read()].sort((a, b) => b.usedAt.localeCompare(a.usedAt));
  }

  keep(recipe: ImportRecipe): ImportRecipe[] {
    const others = this.list().filter(({ id }) => id !== recipe.id);
    this.#store.write([recipe, ...others].slice(0, KEPT));
    return this.list();
  }

  forget(id: string): ImportRecipe[] {
    this.#store.write(this.list().filter((one) => one.id !== id));
    return this.list();
  }
}
