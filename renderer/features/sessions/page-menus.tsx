import { Button, Menu } from '@mantine/core';
import {
  IconArrowsDiff,
  IconChevronDown,
  IconClockShare,
  IconCloudUpload,
  IconCopy,
  IconDatabaseImport,
  IconFile,
  IconFileSearch,
  IconFolder,
  IconPhotoPlus,
  IconPlus,
  IconQuote,
  IconShare2,
  IconShieldCheck,
  IconTable,
  IconTableImport,
  IconTimelineEvent,
  IconWorldUpload,
  IconZoomScan,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CommandId } from '../../../shared/model/commands.ts';
import { CommandItem } from '../../components/command-item.tsx';
import { t } from '../../texts/translate.ts';

interface PageMenuProps {
  readonly label: string;
  readonly icon: typeof IconPlus;
  readonly isMain?: boolean;
  readonly children: ReactNode;
}

function PageMenu({ label, icon: Icon, isMain = false, children }: PageMenuProps) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button
          variant={isMain ? 'filled' : 'default'}
          leftSection={<Icon size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
        >
          {label}
        </Button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  );
}

const item = (command: CommandId, Icon: typeof IconPlus) => (
  <CommandItem command={command} icon={<Icon size={16} aria-hidden />} />
);

/** What can be brought in: to a session more than to a dataset. */
export function AddMenu({ to, isMain = false }: { readonly to: 'session' | 'dataset'; readonly isMain?: boolean }) {
  return (
    <PageMenu label={t('Add')} icon={IconPlus} isMain={isMain}>
      {item('session.addFolder', IconFolder)}
      {item('session.addFile', IconFile)}
      {to === 'session' && (
        <>
          <Menu.Divider />
          {item('stimuli.importTable', IconTableImport)}
          {item('image.add', IconPhotoPlus)}
          <Menu.Divider />
          {item('session.ingest', IconDatabaseImport)}
        </>
      )}
    </PageMenu>
  );
}

interface InspectMenuProps {
  /** A dataset has no clocks of its own; what is done with the whole of one is not done with a session in it. */
  readonly of: 'session' | 'dataset' | 'member';
}

/** What looks closer at a session or dataset. */
export function InspectMenu({ of }: InspectMenuProps) {
  return (
    <PageMenu label={t('Inspect')} icon={IconZoomScan}>
      {of !== 'dataset' && item('item.clocks', IconClockShare)}
      {of !== 'dataset' && item('timeline.open', IconTimelineEvent)}
      {item('tables.open', IconTable)}
      {of !== 'dataset' && item('item.findFile', IconFileSearch)}
      {of !== 'member' && (
        <>
          <Menu.Divider />
          {item('item.check', IconShieldCheck)}
          {item('item.compare', IconArrowsDiff)}
        </>
      )}
    </PageMenu>
  );
}

/** What brings a whole session or dataset to others. */
export function ShareMenu() {
  return (
    <PageMenu label={t('Share')} icon={IconShare2}>
      {item('cloud.upload', IconCloudUpload)}
      {item('cloud.publish', IconWorldUpload)}
      {item('dataset.cite', IconQuote)}
      <Menu.Divider />
      {item('item.copy', IconCopy)}
    </PageMenu>
  );
}
