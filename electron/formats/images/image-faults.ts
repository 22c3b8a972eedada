import { NdiError } from '../../../shared/model/errors.ts';
import type { ImageLayout } from './image-stack.ts';

export function frameTooLarge(path: string, bytes: number): NdiError {
  return new NdiError({
    code: 'range.tooLarge',
    message: `${path}: one frame takes ${Math.ceil(bytes / 1e6)} MB at once, which is more than is held of it.`,
    recovery: 'Ask for fewer pixels of it, or store it in strips or tiles.',
    details: { path, bytes },
  });
}

/** @throws NdiError range.invalid where an index is none of its axis */
export function checkPlace({ axes }: ImageLayout, at: readonly number[], step: number, path: string): void {
  const wrong = axes.find(({ size }, index) => {
    const place = at[index] ?? -1;
    return !Number.isInteger(place) || place < 0 || place >= size;
  });
  if (wrong === undefined && at.length === axes.length && Number.isInteger(step) && step >= 1) return;
  throw new NdiError({
    code: 'range.invalid',
    message: `${path}: there is no frame ${at.join(', ')}.`,
    recovery: axes.map(({ letter, size }) => `${letter} is 0 to ${size - 1}.`).join(' ') || 'It has one frame only.',
    details: { at: at.join(','), path },
  });
}
