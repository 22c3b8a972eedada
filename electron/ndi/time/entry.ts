/** The entry of a list at a place that is known to be within it. */
export function entry<T>(list: ArrayLike<T>, at: number): T {
  return list[at] as T;
}

/** The last entry of a list that is known not to be empty. */
export function last<T>(list: ArrayLike<T>): T {
  return list[list.length - 1] as T;
}
