import { Menu } from '@mantine/core';

interface CheckItemProps {
  readonly kind: 'menuitemradio' | 'menuitemcheckbox';
  readonly checked: boolean;
  readonly label: string;
  readonly disabled?: boolean;
  readonly onClick: () => void;
}

/** An entry of a menu that is on or off; the menu stays open. */
export function CheckItem({ kind, checked, label, disabled = false, onClick }: CheckItemProps) {
  if (kind === 'menuitemradio') {
    return (
      <Menu.RadioItem value={label} checked={checked} onChange={onClick} disabled={disabled} closeMenuOnClick={false}>
        {label}
      </Menu.RadioItem>
    );
  }
  return (
    <Menu.CheckboxItem checked={checked} onChange={onClick} disabled={disabled} closeMenuOnClick={false}>
      {label}
    </Menu.CheckboxItem>
  );
}
