/**
 * Properties of a menu's item that cannot be chosen now. Neither `disabled` nor `data-disabled`: Mantine's arrow keys
 * pass over those, and the reason could not be read.
 */
export function unavailable(reason: string) {
  return { 'aria-disabled': true, 'aria-description': reason, title: reason, closeMenuOnClick: false } as const;
}
