import { ActionIcon, Button, NativeSelect, TextInput, Tooltip } from '@mantine/core';
import { IconArrowBarToLeft, IconArrowBarToRight, IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { UnitList } from '../../../../shared/contract/units.ts';
import { CommandButton } from '../../../components/command-button.tsx';
import { EmptyState } from '../../../components/empty-state.tsx';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { ProblemList } from '../../../components/problems/problem-list.tsx';
import { runCommand } from '../../../state/commands.ts';
import type { Answer } from '../../../state/use-answer.ts';
import { t } from '../../../texts/translate.ts';
import { listUnits, unitSorts, type UnitSort } from '../model/units.ts';
import { change, type TraceStore } from '../trace-store.ts';
import { useSites } from '../use-sites.ts';
import { UnitRows } from './unit-rows.tsx';
import classes from './unit-panel.module.css';

interface UnitPanelProps {
  readonly store: TraceStore;
  readonly answer: Answer<UnitList>;
}

/** The sorted units beside the traces: which of them are shown, what they look like, and the way from spike to spike. */
export function UnitPanel({ store, answer }: UnitPanelProps) {
  return (
    <section className={classes.panel} aria-label={t('Units')} data-testid="unit-panel">
      <header className={classes.head}>
        <h2 className={classes.title}>{t('Units')}</h2>
        <CommandButton command="traces.previousSpike" icon={<IconArrowBarToLeft size={16} />} />
        <CommandButton command="traces.nextSpike" icon={<IconArrowBarToRight size={16} />} />
        <Tooltip label={t('Close the units')}>
          <ActionIcon aria-label={t('Close the units')} onClick={() => runCommand('traces.units')}>
            <IconX size={16} />
          </ActionIcon>
        </Tooltip>
      </header>
      {answer.status === 'loading' && <LoadingState what={t('Looking for sorted units')} lines={6} />}
      {answer.status === 'failed' && <ErrorState error={answer.error} onRetry={answer.reload} />}
      {answer.status === 'ready' && <Listed store={store} list={answer.value} />}
    </section>
  );
}

function Listed({ store, list }: { readonly store: TraceStore; readonly list: UnitList }) {
  const chosen = useStore(store, (state) => state.settings.units);
  const sites = useSites(store.getState().source);
  const [filter, setFilter] = useState('');
  const units = listUnits(list.units, chosen.sort, sites, filter);
  const set = (changed: Partial<typeof chosen>) => change(store, { units: { ...chosen, ...changed } });
  if (list.units.length === 0) {
    return (
      <>
        <EmptyState title={t('No sorted units here.')} />
        <p className={classes.hint}>
          {t(
            'Units are neurons of the session, clusters of NDI’s sorter, what lies in kilosort/PROBE/kilosort_output of its folder, and what the device sorted while it recorded.',
          )}
        </p>
        <ProblemList problems={list.problems} />
      </>
    );
  }
  const names = new Set(units.map(({ id }) => id));
  const shownHere = chosen.shown.filter((id) => names.has(id)).length;
  const all = shownHere === units.length;
  return (
    <>
      <div className={classes.controls}>
        <TextInput
          aria-label={t('Filter the units')}
          placeholder={t('Filter: good, ai3…')}
          value={filter}
          onChange={(event) => setFilter(event.currentTarget.value)}
        />
        <NativeSelect
          aria-label={t('Order of the units')}
          value={chosen.sort}
          data={unitSorts.map((sort) => ({ value: sort, label: sortName(sort) }))}
          onChange={(event) => set({ sort: unitSorts.find((sort) => sort === event.currentTarget.value) ?? 'id' })}
        />
      </div>
      <div className={classes.controls}>
        <span className={classes.quiet} role="status">
          {t('{{shown}} of {{all}} shown', { shown: shownHere, all: units.length })}
        </span>
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => {
            const others = chosen.shown.filter((id) => !names.has(id));
            set({ shown: all ? others : [...others, ...units.map(({ id }) => id)] });
          }}
        >
          {all ? t('Hide all') : t('Show all')}
        </Button>
      </div>
      {list.problems.length > 0 && (
        <div className={classes.problems}>
          <ProblemList problems={list.problems} />
        </div>
      )}
      <UnitRows store={store} units={units} sites={sites} />
    </>
  );
}

function sortName(sort: UnitSort): string {
  switch (sort) {
    case 'depth':
      return t('By depth');
    case 'rate':
      return t('By rate');
    case 'id':
      return t('As listed');
  }
}
