import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconAdjustmentsHorizontal } from '@tabler/icons-react';
import { useStore } from 'zustand';
import { t } from '../../texts/translate.ts';
import { CheckItem } from './check-item.tsx';
import { orderNames, type ChannelOrder } from './model/sites.ts';
import { useSites } from './use-sites.ts';
import { autoScale, change, type TraceStore } from './trace-store.ts';

const SPACINGS = [1, 1.5, 2, 3, 5, 10];
const ORDERS = ['file', 'depth', 'shank'] as const;
const DENSITIES = [1, 2, 4, 8, 16];

/** Spacing, density, polarity and centring: seldom changed, so one menu holds them. */
export function LookMenu({ store }: { readonly store: TraceStore }) {
  const settings = useStore(store, (state) => state.settings);
  const sites = useSites(store.getState().source);
  return (
    <Menu closeOnItemClick={false} position="bottom-start">
      <Menu.Target>
        <Tooltip label={t('Spacing, density, polarity, offset')}>
          <ActionIcon aria-label={t('Spacing, density, polarity, offset')}>
            <IconAdjustmentsHorizontal size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        <Menu.Label>{t('Spacing of the lanes')}</Menu.Label>
        {SPACINGS.map((spacing) => (
          <CheckItem
            key={spacing}
            kind="menuitemradio"
            checked={settings.spacing === spacing}
            label={spacing === 1 ? t('All fit') : t('×{{spacing}}', { spacing })}
            onClick={() => change(store, { spacing })}
          />
        ))}
        <Menu.Divider />
        <Menu.Label>{t('Order of the channels')}</Menu.Label>
        {ORDERS.map((by) => (
          <CheckItem
            key={by}
            kind="menuitemradio"
            checked={settings.order.by === by}
            disabled={by !== 'file' && sites.size === 0}
            label={orderName(by)}
            onClick={() => {
              const names = store.getState().info.channels.map((channel) => channel.name);
              const shanks = Object.fromEntries([...sites].map(([name, { shank }]) => [name, shank]));
              change(store, {
                order: {
                  by,
                  names: by === 'file' ? [] : orderNames(names, sites, by),
                  shanks: by === 'shank' ? shanks : {},
                },
              });
            }}
          />
        ))}
        {sites.size === 0 && <Menu.Label>{t('No document tells where the contacts of the probe lie.')}</Menu.Label>}
        <Menu.Divider />
        <Menu.Label>{t('Of the channels that are on, show')}</Menu.Label>
        {DENSITIES.map((density) => (
          <CheckItem
            key={density}
            kind="menuitemradio"
            checked={settings.density === density}
            label={density === 1 ? t('All') : t('1 of {{density}}', { density })}
            onClick={() => change(store, { density })}
          />
        ))}
        <Menu.Divider />
        <CheckItem
          kind="menuitemcheckbox"
          checked={settings.ownScales}
          label={t('Scale each channel by itself')}
          onClick={() => {
            change(store, { ownScales: !settings.ownScales });
            autoScale(store, false);
          }}
        />
        <CheckItem
          kind="menuitemcheckbox"
          checked={settings.inverted}
          label={t('Negative values upwards')}
          onClick={() => change(store, { inverted: !settings.inverted })}
        />
        <CheckItem
          kind="menuitemcheckbox"
          checked={settings.centred}
          label={t('Centre each channel on its median')}
          onClick={() => change(store, { centred: !settings.centred })}
        />
      </Menu.Dropdown>
    </Menu>
  );
}

function orderName(order: ChannelOrder): string {
  switch (order) {
    case 'file':
      return t('As in the file');
    case 'depth':
      return t('By depth');
    case 'shank':
      return t('Shanks side by side, by depth');
  }
}
