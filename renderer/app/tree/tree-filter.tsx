import { CloseButton, TextInput } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { t } from '../../texts/translate.ts';
import classes from './session-tree.module.css';
import type { TreeNodeKind } from './tree-model.ts';

const KINDS: readonly { readonly kind: TreeNodeKind; readonly title: string }[] = [
  { kind: 'session', title: 'Sessions' },
  { kind: 'daq', title: 'DAQ systems' },
  { kind: 'epoch', title: 'Epochs' },
  { kind: 'probe', title: 'Probes' },
  { kind: 'subject', title: 'Subjects' },
  { kind: 'class', title: 'Documents' },
];

interface TreeFilterProps {
  readonly filter: string;
  readonly onFilter: (filter: string) => void;
  readonly kinds: readonly TreeNodeKind[];
  readonly onKinds: (kinds: readonly TreeNodeKind[]) => void;
}

/** What the tree is narrowed to: a text, and kinds of nodes. Escape takes both away. */
export function TreeFilter({ filter, onFilter, kinds, onKinds }: TreeFilterProps) {
  const clear = () => {
    onFilter('');
    onKinds([]);
  };
  const isUsed = filter !== '' || kinds.length > 0;
  return (
    <div
      className={classes.filter}
      onKeyDown={(event) => {
        if (event.key === 'Escape') clear();
      }}
    >
      <TextInput
        placeholder={t('Filter')}
        aria-label={t('Filter the tree')}
        leftSection={<IconFilter size={14} aria-hidden />}
        value={filter}
        onChange={(event) => onFilter(event.currentTarget.value)}
        rightSection={isUsed ? <CloseButton size="sm" aria-label={t('Clear the filter')} onClick={clear} /> : null}
      />
      <div className={classes.kinds} data-used={isUsed} role="group" aria-label={t('Only nodes of these kinds')}>
        {KINDS.map(({ kind, title }) => (
          <button
            key={kind}
            type="button"
            className={classes.kind}
            aria-pressed={kinds.includes(kind)}
            onClick={() => onKinds(kinds.includes(kind) ? kinds.filter((one) => one !== kind) : [...kinds, kind])}
          >
            {t(title)}
          </button>
        ))}
      </div>
    </div>
  );
}
