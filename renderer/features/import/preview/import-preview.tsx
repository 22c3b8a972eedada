import { ActionIcon, Button, SegmentedControl, Tooltip } from '@mantine/core';
import { useElementSize } from '@mantine/hooks';
import { IconRefresh } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import type { ScanResult } from '../../../../shared/contract/imports.ts';
import { type ImportChoices, noChoices } from '../../../../shared/model/import-plan/choices.ts';
import { planImport } from '../../../../shared/model/import-plan/plan.ts';
import { applyRecipe, findRecipe, layoutOf, type ImportRecipe } from '../../../../shared/model/import-plan/recipe.ts';
import { LoadingState } from '../../../components/loading-state.tsx';
import { CopyableText } from '../../../components/elided-text.tsx';
import { Splitter } from '../../../components/splitter.tsx';
import { client } from '../../../state/client.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { isWithin } from '../../../state/paths.ts';
import { formatSeconds, plural, t } from '../../../texts/translate.ts';
import shared from '../import.module.css';
import classes from './import-preview.module.css';
import { LabForm } from '../lab-form.tsx';
import { ScanAgain } from '../matrix/scan-again.ts';
import { PatternPanel } from '../pattern/pattern-panel.tsx';
import type { TableUses } from '../tables/table-use.ts';
import { TablesPanel } from '../tables/tables-panel.tsx';
import type { PanelParams } from '../../../state/panels.ts';
import { AddForm } from './add-form.tsx';
import { CreateForm } from './create-form.tsx';
import { EditToolbar } from './edit-toolbar.tsx';
import { EpochDetails } from './epoch-details.tsx';
import { EpochTree } from './epoch-tree.tsx';
import { withKnown, withTaken } from './edit-choices.ts';
import { keysOf, treeRows } from './import-rows.ts';
import { PreviewProblems } from './preview-problems.tsx';
import type { Way } from './recordings-choice.tsx';
import { RecipeBanner } from './recipe-banner.tsx';
import { useChoices } from './use-choices.ts';

interface ImportPreviewProps {
  readonly scan: ScanResult;
  /** What was chosen before the folder was looked through again. */
  readonly kept: KeptImport | null;
  readonly into: PanelParams['import']['into'];
  readonly only: PanelParams['import']['only'];
  /** Begins with the tables that came with the recordings. */
  readonly beginsWithTables: boolean;
  /** Told what was chosen, with each change of it. */
  readonly onSaid: (said: KeptImport) => void;
  readonly onAgain: () => void;
  readonly onChoose: () => void;
}

/** What somebody has said of an import so far. */
export interface KeptImport {
  readonly choices: ImportChoices;
  readonly tables: TableUses;
  readonly way: Way;
}

/** What a scan found, on one screen; nothing is written until the session is created. */
export function ImportPreview(props: ImportPreviewProps) {
  const recipes = useAnswer('recipes', (signal) => client.imports.recipes(undefined, { signal }));
  const [isFresh, setFresh] = useState(false);
  if (recipes.status === 'loading') return <LoadingState lines={10} />;
  // Without what is remembered the import goes on as the scan proposes it.
  const recipe = isFresh || recipes.status === 'failed' ? null : findRecipe(recipes.value, props.scan.recordings);
  const kept = isFresh ? null : props.kept;
  return <Preview key={recipe?.id ?? ''} {...props} kept={kept} recipe={recipe} onFresh={() => setFresh(true)} />;
}

type View = 'epoch' | 'paths' | 'tables';

/** Below this width the panes stand one above the other. */
const SIDE_BY_SIDE_FROM = 640;

interface PreviewProps extends ImportPreviewProps {
  readonly recipe: ImportRecipe | null;
  readonly onFresh: () => void;
}

function Preview({
  scan,
  kept,
  into,
  only,
  beginsWithTables,
  onSaid,
  onAgain,
  onChoose,
  recipe,
  onFresh,
}: PreviewProps) {
  const others = only === undefined ? [] : scan.recordings.filter(({ path }) => !only.includes(path));
  const proposed: ImportChoices = {
    ...{ ...noChoices, exclude: others.map(({ key }) => key) },
    ...(recipe === null ? {} : applyRecipe(recipe, scan.recordings)),
  };
  const history = useChoices(kept === null ? proposed : withKnown(kept.choices, scan.recordings));
  const { choices, change } = history;
  const [view, setView] = useState<View>(beginsWithTables ? 'tables' : 'epoch');
  const [tables, setTables] = useState<TableUses>(kept?.tables ?? {});
  const [chosen, setChosen] = useState<{ key: string; selected: ReadonlySet<string> } | null>(null);
  const rows = useMemo(
    () => treeRows(scan.folder, planImport(scan.recordings, { ...choices, exclude: [] })),
    [scan, choices],
  );
  const [way, setWay] = useState<Way>(kept?.way ?? recipe?.recordings ?? 'reference');
  const inPlace = into?.kind === 'session' ? isWithin(scan.folder, into.path) : way !== 'copy';
  const plan = useMemo(() => planImport(scan.recordings, choices, inPlace), [scan, choices, inPlace]);
  const alike = useAlike(scan);
  const { ref, width } = useElementSize();
  const found = rows.findIndex(({ key }) => key === chosen?.key);
  const active = found >= 0 ? found : rows.findIndex(({ kind }) => kind === 'epoch');
  const row = rows[active];
  const selected = found >= 0 && chosen !== null ? chosen.selected : new Set(row === undefined ? [] : [row.key]);
  const epochs = rows.flatMap((one) => (one.kind === 'epoch' && selected.has(one.key) ? [one.epoch] : []));
  const narrow = width < SIDE_BY_SIDE_FROM;
  useEffect(() => {
    onSaid({ choices, tables, way });
  }, [onSaid, choices, tables, way]);
  return (
    <ScanAgain value={onAgain}>
      <div className={classes.panel}>
        <PreviewHead scan={scan} onAgain={onAgain} onChoose={onChoose} />
        {recipe !== null && <RecipeBanner recipe={recipe} onFresh={onFresh} />}
        <div ref={ref} className={classes.panes} data-stacked={narrow || undefined}>
          {width > 0 && (
            <Splitter
              key={narrow ? 'stacked' : 'wide'}
              name={narrow ? 'import-stacked' : 'import'}
              orientation={narrow ? 'vertical' : 'horizontal'}
              shares={[45, 55]}
              least={[20, 20]}
            >
              <section className={classes.listPane} aria-label={t('What was found')}>
                <EditToolbar history={history} epochs={epochs} />
                <EpochTree
                  rows={rows}
                  active={active}
                  selected={selected}
                  excluded={new Set(choices.exclude)}
                  onActive={(index, next) => setChosen({ key: rows[index]?.key ?? '', selected: next })}
                  onTaken={(keys, taken) => change(withTaken(choices, keys, taken))}
                />
              </section>
              <section className={classes.pane} aria-label={t('Details')} tabIndex={0}>
                <SegmentedControl
                  className={classes.views}
                  aria-label={t('What is shown beside the list')}
                  value={view}
                  data={[
                    { value: 'epoch', label: t('This epoch') },
                    { value: 'paths', label: t('From the paths') },
                    ...(scan.tables.length === 0
                      ? []
                      : [{ value: 'tables', label: t('Tables ({{n}})', { n: scan.tables.length }) }]),
                  ]}
                  onChange={(value) => setView(value as View)}
                />
                {view === 'paths' && (
                  <PatternPanel
                    recordings={scan.recordings}
                    example={row === undefined ? '' : (keysOf(row)[0] ?? '')}
                    choices={choices}
                    onChange={change}
                  />
                )}
                {view === 'tables' && (
                  <TablesPanel scan={scan} uses={tables} isAdded={into?.kind === 'session'} onUses={setTables} />
                )}
                {view === 'epoch' &&
                  (row?.kind === 'epoch' ? (
                    <EpochDetails key={row.key} epoch={row.epoch} choices={choices} onChange={change} alike={alike} />
                  ) : (
                    <p className={shared.hint}>{t('Choose an epoch to see what it holds and why.')}</p>
                  ))}
              </section>
            </Splitter>
          )}
        </div>
        <PreviewProblems scan={scan} more={plan.problems} />
        {into?.kind === 'session' ? (
          <AddForm {...{ scan, plan, choices, tables, into, only }} />
        ) : (
          <>
            <CreateForm {...{ scan, plan, choices, recipe, tables, way, into }} onWay={setWay} />
            <LabForm folder={scan.folder} into={into} />
          </>
        )}
      </div>
    </ScanAgain>
  );
}

/** Recordings by the device that made them. */
function useAlike(scan: ScanResult) {
  return useMemo(() => {
    const layouts = new Map(scan.recordings.map((one) => [one.key, layoutOf(one)]));
    const groups = Map.groupBy(layouts.keys(), (key) => layouts.get(key) ?? '');
    return (key: string) => groups.get(layouts.get(key) ?? '') ?? [];
  }, [scan]);
}

function PreviewHead({ scan, onAgain, onChoose }: Pick<ImportPreviewProps, 'scan' | 'onAgain' | 'onChoose'>) {
  return (
    <header className={classes.head}>
      <div className={classes.headWords}>
        <h1>{t('What was found')}</h1>
        <CopyableText text={scan.folder} what={t('path')} />
        <span className={shared.quiet}>
          {t('{{recordings}}, {{files}} in {{time}}; nothing is written yet', {
            recordings: plural(scan.recordings.length, '{{count}} recording', '{{count}} recordings'),
            files: plural(scan.filesSeen, '{{count}} file', '{{count}} files'),
            time: formatSeconds(scan.elapsedMs / 1000),
          })}
        </span>
      </div>
      <Button variant="default" onClick={onChoose}>
        {t('Choose another folder')}
      </Button>
      <Tooltip label={t('Scan again')}>
        <ActionIcon aria-label={t('Scan again')} onClick={onAgain}>
          <IconRefresh size={16} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}
