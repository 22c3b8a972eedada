import { damaged, Dice } from './fuzz-damage.ts';
import { expectBoth, fuzzOnly, fuzzRuns, fuzzSeed, type Outcomes, outcomeOf, watch } from './fuzz-support.ts';
import { JsonLiar } from './json-lies.ts';

/** So many characters in all, where a piece of a text is repeated again and again: what takes their square is seen. */
const SWOLLEN = 200_000;
/** One in so many is swollen. */
const SWELL_ONE_IN = 200;

/**
 * Damages texts in random ways and uses them: bytes are flipped, cut, repeated and lost; what is JSON also lies, as JSON
 * that is whole. Each is used, or refused with an error of ours, in bounded time and memory.
 * @param use throws errors of ours or nothing
 */
export async function fuzzTexts(
  bases: readonly string[],
  use: (text: string) => void | Promise<void>,
  options: { readonly neverRefused?: true } = {},
): Promise<void> {
  const outcomes: Outcomes = { read: 0, doubted: 0, refused: 0 };
  const only = fuzzOnly === undefined ? null : Number(fuzzOnly);
  for (let run = only ?? 0; run < (only === null ? fuzzRuns : only + 1); run++) {
    const text = damagedText(bases[run % bases.length] ?? '', new Dice(fuzzSeed, run));
    if (only !== null) process.stderr.write(`${text.slice(0, 5000)}\n`);
    const check = watch(0);
    try {
      outcomes[await outcomeOf(use, text)] += 1;
      check();
    } catch (error) {
      const start = JSON.stringify(text.slice(0, 300));
      throw new Error(`NDI_FUZZ_SEED=${fuzzSeed} NDI_FUZZ_ONLY=${run}: ${start}`, { cause: error });
    }
  }
  if (options.neverRefused !== true) expectBoth(outcomes);
  else if (outcomes.refused > 0) throw new Error(`${outcomes.refused} were refused`);
}

function damagedText(base: string, dice: Dice): string {
  const lying = dice.below(2) === 1 ? new JsonLiar(dice).lie(base) : null;
  const text = lying ?? damaged(Buffer.from(base), dice).bytes.toString('utf8');
  if (dice.below(SWELL_ONE_IN) > 0 || text === '') return text;
  const at = dice.below(text.length);
  const piece = text.slice(at, at + 1 + dice.below(40));
  return text.slice(0, at) + piece.repeat(Math.ceil(SWOLLEN / piece.length)) + text.slice(at);
}
