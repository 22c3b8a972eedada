import { Button, Menu } from '@mantine/core';
import { IconChevronDown, IconDownload, IconFileVector, IconPhotoDown } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CommandId } from '../../../shared/model/commands.ts';
import { t } from '../../texts/translate.ts';
import { CommandItem } from '../command-item.tsx';

interface PictureMenuProps {
  readonly png: CommandId;
  readonly svg: CommandId;
  /** Further items. */
  readonly children?: ReactNode;
}

/** What a graph can be saved as. */
export function PictureMenu({ png, svg, children }: PictureMenuProps) {
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {t('Export')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <CommandItem command={png} icon={<IconPhotoDown size={16} aria-hidden />} />
        <CommandItem command={svg} icon={<IconFileVector size={16} aria-hidden />} />
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
