import { Button, CloseButton, Menu, Popover } from '@mantine/core';
import { IconFilterPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { formatQuery } from '../../../../shared/model/query-format.ts';
import { either, not, type Query } from '../../../../shared/model/query.ts';
import { t } from '../../../texts/translate.ts';
import { ConditionForm } from './condition-form.tsx';
import { type ConditionDraft, draftOf, emptyDraft } from './operations.ts';
import classes from './query.module.css';
import type { QueryScope } from './query-scope.ts';
import { QueryMenu } from './query-menu.tsx';

interface QueryBarProps {
  readonly scope: QueryScope;
  readonly query: Query;
  readonly onChange: (query: Query) => void;
  /** Stands before the conditions. */
  readonly children?: ReactNode;
}

/** Which condition the form is open for: a new one, one that is changed, or one more for a group of alternatives. */
type Open = { readonly for: 'new' } | { readonly for: 'edit' | 'or'; readonly at: number } | null;

/** The conditions of the list as chips: all of them must hold; a chip may hold alternatives. */
export function QueryBar({ scope, query, onChange, children }: QueryBarProps) {
  const [open, setOpen] = useState<Open>(null);
  const replace = (at: number, by: Query) => onChange(query.flatMap((one, index) => (index === at ? [...by] : [one])));
  const applied = (condition: Query): Query => {
    if (open === null || open.for === 'new') return [...query, ...condition];
    return query.flatMap((one, index) => {
      if (index !== open.at) return [one];
      return open.for === 'edit' ? [...condition] : [...either([one], condition)];
    });
  };
  const form = (start: ConditionDraft, label: string) => (
    <ConditionForm
      scope={scope}
      start={start}
      whole={applied}
      submitLabel={label}
      onCancel={() => setOpen(null)}
      onSubmit={(condition) => {
        onChange(applied(condition));
        setOpen(null);
      }}
    />
  );
  return (
    <div className={classes.bar} role="group" aria-label={t('Conditions')}>
      {children}
      {query.map((one, at) => (
        <Popover
          key={`${at} ${JSON.stringify(one)}`}
          opened={open !== null && open.for !== 'new' && open.at === at}
          onChange={(opened) => {
            if (!opened) setOpen(null);
          }}
          position="bottom-start"
          closeOnEscape={false}
          trapFocus
          returnFocus
          withinPortal
          withRoles={false}
        >
          <Popover.Target>
            <span className={classes.chip}>
              <ChipMenu
                text={formatQuery([one])}
                canEdit={draftOf([one]) !== null}
                onEdit={() => setOpen({ for: 'edit', at })}
                onOr={() => setOpen({ for: 'or', at })}
                onNot={() => replace(at, not([one]))}
                onOnly={() => onChange([one])}
              />
              <CloseButton
                size="xs"
                aria-label={t('Remove the condition {{condition}}', { condition: formatQuery([one]) })}
                onClick={() => replace(at, [])}
              />
            </span>
          </Popover.Target>
          <Popover.Dropdown role="dialog" aria-label={t('Condition')}>
            {open?.for === 'or'
              ? form(emptyDraft, t('Add as alternative'))
              : form(draftOf([one]) ?? emptyDraft, t('Change'))}
          </Popover.Dropdown>
        </Popover>
      ))}
      <Popover
        opened={open?.for === 'new'}
        onChange={(opened) => {
          if (!opened) setOpen(null);
        }}
        position="bottom-start"
        closeOnEscape={false}
        trapFocus
        returnFocus
        withinPortal
      >
        <Popover.Target>
          <Button
            size="compact-sm"
            variant="subtle"
            leftSection={<IconFilterPlus size={14} aria-hidden />}
            aria-expanded={open?.for === 'new'}
            onClick={() => setOpen(open === null ? { for: 'new' } : null)}
          >
            {t('Add condition')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown>{form(emptyDraft, t('Add'))}</Popover.Dropdown>
      </Popover>
      {query.length > 1 && (
        <Button size="compact-sm" variant="subtle" onClick={() => onChange([])}>
          {t('Clear')}
        </Button>
      )}
      <span className={classes.space} />
      <QueryMenu scope={scope} query={query} onChange={onChange} />
    </div>
  );
}

interface ChipMenuProps {
  readonly text: string;
  readonly canEdit: boolean;
  readonly onEdit: () => void;
  readonly onOr: () => void;
  readonly onNot: () => void;
  readonly onOnly: () => void;
}

function ChipMenu({ text, canEdit, onEdit, onOr, onNot, onOnly }: ChipMenuProps) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.chipText} title={text}>
          {text}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item disabled={!canEdit} onClick={onEdit}>
          {t('Change…')}
        </Menu.Item>
        <Menu.Item onClick={onOr}>{t('Or…')}</Menu.Item>
        <Menu.Item onClick={onNot}>{t('Turn into its opposite')}</Menu.Item>
        <Menu.Item onClick={onOnly}>{t('Only this condition')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
