import { Badge, Button, NumberInput, SegmentedControl, Switch, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { Settings } from '../../../shared/contract/application.ts';
import { AccountList } from '../../components/account/account-list.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import type { PanelParams } from '../../state/panels.ts';
import { settingItems, type SettingItem } from '../../state/setting-items.ts';
import { defaultSettings } from '../../../shared/model/default-settings.ts';
import { changeSettings, resetSettings, useSettings } from '../../state/settings.ts';
import { plural, t } from '../../texts/translate.ts';
import classes from './settings-panel.module.css';
import { CloudFilesMeter } from './cloud-files-meter.tsx';
import { ShortcutEditor } from './shortcut-editor.tsx';

/** All settings in one list that can be searched. Each change holds at once. */
export function SettingsPanel({ params }: { readonly params: PanelParams['settings'] }) {
  const [search, setSearch] = useState(params.search ?? '');
  const settings = useSettings((state) => state.settings);
  // The palette may send the panel to another setting while it is open.
  const [asked, setAsked] = useState(params.search);
  if (asked !== params.search) {
    setAsked(params.search);
    setSearch(params.search ?? '');
  }
  const items = settingItems();
  const found = items.filter((item) => matches(item, search));
  const changed = items.filter((item) => isChanged(item, settings));
  const showsAccounts = holdsWords(`${t('Accounts of NDI Cloud')} ${t('profiles, sign in')}`, search);
  return (
    <>
      <Toolbar label={t('Settings')}>
        <TextInput
          placeholder={t('Find a setting')}
          aria-label={t('Find a setting')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
          w={260}
        />
        <ToolbarSpace />
        <Button variant="default" disabled={changed.length === 0} onClick={() => void resetSettings()}>
          {t('Reset all')}
        </Button>
      </Toolbar>
      {found.length === 0 && !showsAccounts && (
        <EmptyState
          title={t('No setting holds “{{search}}”.', { search })}
          action={<Button onClick={() => setSearch('')}>{t('Show all settings')}</Button>}
        />
      )}
      <div className={classes.list}>
        {showsAccounts && <AccountsSection />}
        {found.map((item) => (
          <SettingRow key={item.id} item={item} settings={settings} changed={changed.includes(item)} />
        ))}
      </div>
    </>
  );
}

function AccountsSection() {
  return (
    <section className={classes.row} aria-labelledby="setting-accounts">
      <div className={classes.head}>
        <h2 id="setting-accounts">{t('Accounts of NDI Cloud')}</h2>
      </div>
      <p className={classes.description}>
        {t('Who you are in the cloud, on which servers. Passwords never show here.')}
      </p>
      <AccountList />
    </section>
  );
}

interface SettingRowProps {
  readonly item: SettingItem;
  readonly settings: Settings;
  readonly changed: boolean;
}

function SettingRow({ item, settings, changed }: SettingRowProps) {
  const titleId = `setting-${item.id}`;
  return (
    <section className={classes.row} aria-labelledby={titleId}>
      <div className={classes.head}>
        <h2 id={titleId}>{item.title}</h2>
        {changed && (
          <>
            <Badge size="sm" variant="light" tt="none">
              {t('changed')}
            </Badge>
            <Button
              variant="subtle"
              aria-label={t('Reset “{{setting}}”', { setting: item.title })}
              onClick={() => void changeSettings({ [item.id]: defaultSettings[item.id] })}
            >
              {t('Reset')}
            </Button>
          </>
        )}
      </div>
      <p className={classes.description}>{item.description}</p>
      <p className={classes.scope}>{t('Holds for: {{scope}}', { scope: item.scope })}</p>
      <SettingControl item={item} settings={settings} />
      {item.id === 'cloudFileBudgetMb' && <CloudFilesMeter />}
    </section>
  );
}

function SettingControl({ item, settings }: Omit<SettingRowProps, 'changed'>) {
  switch (item.kind) {
    case 'choice':
      return (
        <SegmentedControl
          aria-label={item.title}
          data={[...item.choices]}
          value={settings[item.id]}
          onChange={(value) => void changeSettings({ [item.id]: value })}
        />
      );
    case 'number':
      return <NumberSetting key={settings[item.id]} item={item} value={settings[item.id]} />;
    case 'switch':
      return (
        <Switch
          label={item.label}
          checked={settings[item.id]}
          onChange={(event) => void changeSettings({ [item.id]: event.currentTarget.checked })}
        />
      );
    case 'lines':
      return <LinesSetting key={settings[item.id].join('\n')} item={item} lines={settings[item.id]} />;
    case 'hints':
      return (
        <p className={classes.scope}>
          {plural(settings.dismissedHints.length, '{{count}} hint is dismissed', '{{count}} hints are dismissed')}
        </p>
      );
    case 'shortcuts':
      return <ShortcutEditor />;
  }
}

interface LinesSettingProps {
  readonly item: Extract<SettingItem, { kind: 'lines' }>;
  readonly lines: readonly string[];
}

/** A list, one entry a line; it takes effect when it is left. */
function LinesSetting({ item, lines }: LinesSettingProps) {
  const [typed, setTyped] = useState(lines.join('\n'));
  const take = () => {
    const entered = typed
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '');
    if (entered.join('\n') !== lines.join('\n')) void changeSettings({ [item.id]: entered });
  };
  return (
    <Textarea
      aria-label={item.title}
      translate="no"
      autosize
      minRows={1}
      placeholder={item.placeholder}
      value={typed}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
    />
  );
}

interface NumberSettingProps {
  readonly item: Extract<SettingItem, { kind: 'number' }>;
  readonly value: number;
}

/** A number takes effect when it is left or confirmed: half of a typed number would be another setting. */
function NumberSetting({ item, value }: NumberSettingProps) {
  const [typed, setTyped] = useState<string | number>(value);
  const take = (entered: string | number) => {
    const number = Math.round(Number(entered));
    if (entered === '' || !Number.isFinite(number)) setTyped(value);
    else if (number !== value) void changeSettings({ [item.id]: Math.min(item.most, Math.max(item.least, number)) });
  };
  return (
    <NumberInput
      aria-label={item.title}
      value={typed}
      onChange={setTyped}
      onBlur={() => take(typed)}
      onKeyDown={(event) => {
        if (event.key === 'Enter') take(typed);
      }}
      min={item.least}
      max={item.most}
      step={item.step}
      suffix={` ${item.unit}`}
      thousandSeparator=" "
      w={160}
    />
  );
}

function matches(item: SettingItem, search: string): boolean {
  return holdsWords(`${item.title} ${item.description} ${item.scope}`, search);
}

function holdsWords(text: string, search: string): boolean {
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.toLowerCase().includes(word));
}

function isChanged(item: SettingItem, settings: Settings): boolean {
  return JSON.stringify(settings[item.id]) !== JSON.stringify(defaultSettings[item.id]);
}
