import { Menu } from '@mantine/core';
import { create } from 'zustand';
import { Fragment } from 'react';
import { unavailable } from './unavailable.ts';

export interface ContextMenuItem {
  readonly label: string;
  readonly run: () => void;
  /** Why it cannot be chosen now; undefined when it can. */
  readonly disabledReason?: string;
}

/** Items that belong together stand between lines. */
export type ContextMenuGroup = readonly ContextMenuItem[];

interface ContextMenuState {
  readonly at: { readonly x: number; readonly y: number } | null;
  readonly label: string;
  readonly groups: readonly ContextMenuGroup[];
  readonly returnFocus: HTMLElement | null;
}

const closed: ContextMenuState = { at: null, label: '', groups: [], returnFocus: null };
const useContextMenu = create<ContextMenuState>()(() => closed);

/** Opens the context menu at a place of the window; the focus returns to where it was. */
export function openContextMenu(
  at: { readonly x: number; readonly y: number },
  label: string,
  groups: readonly ContextMenuGroup[],
): void {
  const focused = document.activeElement;
  const filled = groups.filter((group) => group.length > 0);
  if (filled.length === 0) return;
  useContextMenu.setState({ at, label, groups: filled, returnFocus: focused instanceof HTMLElement ? focused : null });
}

/** The one context menu of the window; the workbench draws it. */
export function ContextMenu() {
  const { at, label, groups, returnFocus } = useContextMenu();
  const close = () => {
    useContextMenu.setState(closed);
    returnFocus?.focus({ preventScroll: true });
  };
  if (at === null) return null;
  return (
    <Menu
      opened
      onClose={close}
      position="bottom-start"
      offset={0}
      trapFocus
      returnFocus={false}
      key={`${at.x},${at.y}`}
    >
      <Menu.Target>
        <span aria-hidden style={{ position: 'fixed', left: at.x, top: at.y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={label} aria-labelledby={undefined}>
        {groups.map((group, index) => (
          <Fragment key={index}>
            {index > 0 && <Menu.Divider role="separator" />}
            {group.map((item) => (
              <Menu.Item
                key={item.label}
                {...(item.disabledReason === undefined ? {} : unavailable(item.disabledReason))}
                onClick={() => {
                  if (item.disabledReason !== undefined) return;
                  close();
                  item.run();
                }}
              >
                {item.label}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
