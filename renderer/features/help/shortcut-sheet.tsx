import { TextInput } from '@mantine/core';
import { useState } from 'react';
import type { CommandId } from '../../../shared/model/commands.ts';
import { CommandButton } from '../../components/command-button.tsx';
import { EmptyState } from '../../components/empty-state.tsx';
import { Keys } from '../../components/keys.tsx';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import { commandDeclaration, commandIds, commandTitle } from '../../state/commands.ts';
import type { PanelParams } from '../../state/panels.ts';
import { useSettings } from '../../state/settings.ts';
import { shortcutFor } from '../../state/shortcuts.ts';
import { t } from '../../texts/translate.ts';
import classes from './shortcut-sheet.module.css';

/** Every command that has a shortcut, by the view in which it works: the one it was asked from comes first. */
export function ShortcutSheet({ params: { view } }: { readonly params: PanelParams['shortcuts'] }) {
  const [filter, setFilter] = useState('');
  const own = useSettings((state) => state.settings.shortcuts);
  const groups = shortcutGroups(view)
    .map((group) => ({
      ...group,
      ids: group.ids.filter(
        (id) => shortcutFor(id, own) !== '' && commandTitle(id).toLowerCase().includes(filter.toLowerCase()),
      ),
    }))
    .filter((group) => group.ids.length > 0);
  return (
    <>
      <Toolbar label={t('Keyboard shortcuts')}>
        <TextInput
          placeholder={t('Find a shortcut')}
          aria-label={t('Find a shortcut')}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <ToolbarSpace />
        <CommandButton command="settings.open" label={t('Change shortcuts in the settings')} variant="default" />
      </Toolbar>
      {groups.length === 0 && <EmptyState title={t('No shortcut of that name.')} />}
      <div className={classes.groups}>
        {groups.map((group) => (
          <section key={group.title}>
            <h2>{group.title}</h2>
            <dl>
              {group.ids.map((id) => (
                <div key={id} className={classes.row}>
                  <dt>{commandTitle(id)}</dt>
                  <dd>
                    <Keys shortcut={shortcutFor(id, own)} />
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  );
}

function shortcutGroups(view: string | undefined): { title: string; ids: CommandId[] }[] {
  const views = [
    { scope: 'traces', title: t('In a trace view') },
    { scope: 'timeline', title: t('In a timeline') },
    { scope: 'image', title: t('In a view of pictures') },
    { scope: 'documents', title: t('In a document list') },
    { scope: 'grid', title: t('In a table of documents') },
    { scope: 'sync', title: t('In the graph of the clocks') },
    { scope: 'graph', title: t('In a graph of documents') },
  ];
  const everywhere = { scope: undefined, title: t('Everywhere') };
  const focused = views.filter(({ scope }) => scope === view);
  return [...focused, everywhere, ...views.filter(({ scope }) => scope !== view)].map(({ scope, title }) => ({
    title,
    ids: commandIds.filter((id) => commandDeclaration(id).scope === scope),
  }));
}
