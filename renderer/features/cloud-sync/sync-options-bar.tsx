import { Button, Checkbox, Select } from '@mantine/core';
import type { SyncMode } from '../../../shared/model/sync.ts';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import { t } from '../../texts/translate.ts';

export interface ChosenOptions {
  readonly mode: SyncMode;
  readonly deletions: boolean;
  readonly files: boolean;
  readonly updateEdited: boolean;
}

interface SyncOptionsBarProps {
  readonly options: ChosenOptions;
  readonly onChange: (options: ChosenOptions) => void;
  readonly onReload: () => void;
}

/** Which way things travel, and what travels. */
export function SyncOptionsBar({ options, onChange, onReload }: SyncOptionsBarProps) {
  const modes: { value: SyncMode; label: string }[] = [
    { value: 'twoWay', label: t('Both ways') },
    { value: 'uploadNew', label: t('Send what is new here') },
    { value: 'downloadNew', label: t('Fetch what is new there') },
    { value: 'mirrorToRemote', label: t('Make the cloud like here') },
    { value: 'mirrorFromRemote', label: t('Make here like the cloud') },
  ];
  const tick = (name: 'deletions' | 'files' | 'updateEdited', label: string) => (
    <Checkbox
      label={label}
      checked={options[name]}
      onChange={(event) => onChange({ ...options, [name]: event.currentTarget.checked })}
    />
  );
  return (
    <Toolbar label={t('What to do')}>
      <Select
        aria-label={t('Direction')}
        data={modes}
        value={options.mode}
        onChange={(value) => onChange({ ...options, mode: value ?? 'twoWay' })}
        allowDeselect={false}
        w={220}
      />
      {tick('files', t('Fetch files too'))}
      {tick('updateEdited', t('Carry edits over'))}
      {options.mode === 'twoWay' && tick('deletions', t('Carry deletions over'))}
      <ToolbarSpace />
      <Button variant="default" onClick={onReload}>
        {t('Compare again')}
      </Button>
    </Toolbar>
  );
}
