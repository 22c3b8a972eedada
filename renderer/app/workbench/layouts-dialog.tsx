import { ActionIcon, Button, Group, TextInput } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { DockviewApi, SerializedDockview } from 'dockview-react';
import { useState } from 'react';
import { ModalForm } from '../../components/modal-form.tsx';
import { modals } from '../../components/modals.ts';
import { showMessage } from '../../state/messages.ts';
import { t } from '../../texts/translate.ts';
import { keepLayoutAs, loadLayouts, putLayout, removeLayout, type NamedLayout } from './named-layouts.ts';

/** Asks for the name under which the layout of the moment is kept. */
export function askForLayoutName(api: DockviewApi): void {
  const modal = modals.open({
    title: t('Keep the layout'),
    closeButtonProps: { 'aria-label': t('Close') },
    children: <NameForm api={api} onClose={() => modals.close(modal)} />,
  });
}

function NameForm({ api, onClose }: { readonly api: DockviewApi; readonly onClose: () => void }) {
  const [name, setName] = useState('');
  return (
    <ModalForm
      agree={t('Keep')}
      ready={name.trim() !== ''}
      onSubmit={async () => {
        await keepLayoutAs(name.trim(), api);
        showMessage({ tone: 'success', title: t('The layout “{{name}}” is kept', { name: name.trim() }) });
        onClose();
      }}
      onClose={onClose}
    >
      <TextInput
        data-autofocus
        label={t('Name')}
        description={t('A layout of this name is replaced.')}
        value={name}
        maxLength={80}
        onChange={(event) => setName(event.currentTarget.value)}
      />
    </ModalForm>
  );
}

/** Shows the kept layouts: one is used, or taken away. */
export async function chooseLayout(onUse: (layout: SerializedDockview) => void): Promise<void> {
  const layouts = await loadLayouts();
  const modal = modals.open({
    title: t('Kept layouts'),
    closeButtonProps: { 'aria-label': t('Close') },
    children: (
      <LayoutList
        first={layouts}
        onUse={(layout) => {
          modals.close(modal);
          onUse(layout);
        }}
      />
    ),
  });
}

interface LayoutListProps {
  readonly first: readonly NamedLayout[];
  readonly onUse: (layout: SerializedDockview) => void;
}

function LayoutList({ first, onUse }: LayoutListProps) {
  const [layouts, setLayouts] = useState(first);
  const remove = (removed: NamedLayout) => {
    setLayouts(layouts.filter((one) => one !== removed));
    void removeLayout(removed.name);
    showMessage({
      title: t('The layout “{{name}}” is removed', { name: removed.name }),
      actions: [{ label: t('Undo'), run: () => void putLayout(removed).then(loadLayouts).then(setLayouts) }],
    });
  };
  if (layouts.length === 0) return <p>{t('No layout is kept yet. “Keep the layout…” gives the one of now a name.')}</p>;
  return layouts.map((one) => (
    <Group key={one.name} gap="xs" mb="xs" wrap="nowrap">
      <Button variant="default" fullWidth justify="start" onClick={() => onUse(one.layout)}>
        <span translate="no">{one.name}</span>
      </Button>
      <ActionIcon aria-label={t('Remove the layout “{{name}}”', { name: one.name })} onClick={() => remove(one)}>
        <IconTrash size={16} />
      </ActionIcon>
    </Group>
  ));
}
