import type { Problem } from '../../../shared/contract/common.ts';
import type { ImageAxis } from '../../../shared/contract/images.ts';
import type { FrameAxis, ImageLayout } from '../../formats/images/image-stack.ts';
import type { ImageFacts } from './image-documents.ts';

/** What the letters of NDI's axes mean, where a document does not say. */
const WORDS: Readonly<Record<string, string>> = {
  ...{ Y: 'height', X: 'width', C: 'channel', Z: 'plane', T: 'time', S: 'colour' },
};

type Said = Pick<ImageFacts, 'order' | 'size' | 'labels' | 'scales' | 'units'>;

/** The axes of a layout in the words of its document, and what the two do not agree in. */
export function describeAxes(layout: Pick<ImageLayout, 'height' | 'width' | 'axes'>, facts: Said | null, path: string) {
  const letters = Array.from((facts?.order ?? '').toUpperCase());
  const axes = renamed(layout.axes, letters, facts?.size ?? []);
  const describe = ({ letter, size }: FrameAxis): ImageAxis => {
    const at = letters.indexOf(letter);
    const scale = facts?.scales[at] ?? NaN;
    return {
      ...{ letter, size },
      label: facts?.labels[at] ?? WORDS[letter] ?? letter,
      scale: Number.isFinite(scale) && scale > 0 ? scale : null,
      units: facts?.units[at] ?? '',
    };
  };
  const y = describe({ letter: 'Y', size: layout.height });
  const x = describe({ letter: 'X', size: layout.width });
  const problems = disagreements([y, x, ...axes], letters, facts?.size ?? [], path);
  return { y, x, axes: axes.map(describe), problems };
}

/** Pages of a file may be planes or times: the document tells, where the sizes fit. */
function renamed(axes: readonly FrameAxis[], letters: readonly string[], size: readonly number[]): FrameAxis[] {
  const taken = new Set(axes.map(({ letter }) => letter));
  return axes.map((axis) => {
    if (letters.includes(axis.letter)) return axis;
    const free = letters.findIndex(
      (letter, at) => size[at] === axis.size && !taken.has(letter) && !'YX'.includes(letter),
    );
    const letter = letters[free];
    if (letter === undefined) return axis;
    taken.add(letter);
    return { ...axis, letter };
  });
}

function disagreements(
  axes: readonly FrameAxis[],
  letters: readonly string[],
  size: readonly number[],
  path: string,
): Problem[] {
  return letters.flatMap((letter, at) => {
    const said = size[at];
    const held = axes.find((axis) => axis.letter === letter)?.size ?? 1;
    if (said === undefined || said === held || !Number.isFinite(said)) return [];
    const message = `The document says that ${WORDS[letter] ?? letter} is ${said}; in the file it is ${held}, which is shown.`;
    return [{ grade: 'note' as const, code: 'document.invalid', message, paths: [path] }];
  });
}
