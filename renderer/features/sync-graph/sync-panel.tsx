import { Button, SegmentedControl } from '@mantine/core';
import { IconArrowBackUp, IconDownload, IconPlus, IconRefresh } from '@tabler/icons-react';
import { ReactFlowProvider } from '@xyflow/react';
import { useCallback, useMemo, useState } from 'react';
import type { ClockFinding, SyncEdge, SyncGraphInfo, SyncNode } from '../../../shared/contract/sync.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { LoadingState } from '../../components/loading-state.tsx';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import { client } from '../../state/client.ts';
import { type PanelParams, usePanelTitle } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { plural, t } from '../../texts/translate.ts';
import { Converter } from './converter.tsx';
import { EdgeDetails, NodeDetails } from './edge-details.tsx';
import { EdgeTable, edgesAsCsv } from './edge-table.tsx';
import { HealthList } from './health-list.tsx';
import { type EpochWindow, placeInLanes } from './lanes.ts';
import { RuleForm } from './rule-form.tsx';
import { SyncCanvas } from './sync-canvas.tsx';
import classes from './sync-graph.module.css';

type Session = PanelParams['sync'];
const NONE: ReadonlySet<string> = new Set();

/** How the clocks of a session are related: the sync graph, its health, and times from clock to clock. */
export function SyncPanel({ params }: { readonly params: Session }) {
  const { path, sessionId } = params;
  const session = useMemo(() => (sessionId === undefined ? { path } : { path, sessionId }), [path, sessionId]);
  usePanelTitle(t('{{name}}: clocks', { name: basename(path) }));
  const answer = useAnswer(
    JSON.stringify(session),
    async (signal) => {
      const graph = await client.sync.graph(session, { signal });
      return { graph, findings: await client.sync.health(session, { signal }) };
    },
    { keepLast: true },
  );
  if (answer.status === 'loading') return <LoadingState what={t('Relating the clocks of the devices…')} lines={8} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  if (answer.value.graph.nodes.length === 0) {
    return <EmptyState title={t('The session has no epochs, so it has no clocks to relate.')} />;
  }
  return <Clocks session={session} {...answer.value} onReload={answer.reload} />;
}

interface ClocksProps {
  readonly session: Session;
  readonly graph: SyncGraphInfo;
  readonly findings: readonly ClockFinding[];
  readonly onReload: () => void;
}

type Chosen = { readonly id: string; readonly node?: SyncNode; readonly edge?: SyncEdge };

function Clocks({ session, graph, findings, onReload }: ClocksProps) {
  const [mode, setMode] = useState<'graph' | 'table'>('graph');
  const [window, setWindow] = useState<EpochWindow | null>(null);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [told, setTold] = useState(NONE);
  const [path, setPath] = useState(NONE);
  const [adding, setAdding] = useState(false);
  const [from, setFrom] = useState(graph.nodes[0]?.id ?? '');
  const [to, setTo] = useState(() => farEnd(graph));
  const lanes = useMemo(() => placeInLanes(graph, window), [graph, window]);
  const showPath = useCallback((ids: readonly string[]) => setPath(new Set(ids)), []);
  const links = graph.edges.filter((edge) => edge.kind !== 'sameEpoch');
  const devices = [...new Set(graph.nodes.map(({ device }) => device))];
  const show = (finding: ClockFinding) => {
    setTold(new Set(finding.nodes));
    setMode('graph');
    const edge = links.find((one) => finding.nodes.includes(one.from) && finding.nodes.includes(one.to));
    if (edge !== undefined) setChosen({ id: '', edge });
    if (finding.code === 'time.noPath' || finding.code === 'time.noFit') setAdding(true);
  };
  return (
    <div className={classes.panel}>
      <Toolbar label={t('Clocks')}>
        <SegmentedControl
          aria-label={t('Show as')}
          value={mode}
          onChange={(value) => setMode(value === 'table' ? 'table' : 'graph')}
          data={[
            { value: 'graph', label: t('Graph') },
            { value: 'table', label: t('Table') },
          ]}
        />
        <span>
          {plural(graph.nodes.length, '{{count}} clock of an epoch', '{{count}} clocks of epochs')}
          {', '}
          {plural(graph.rules.length, '{{count}} rule', '{{count}} rules')}
        </span>
        {window !== null && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={16} aria-hidden />}
            onClick={() => setWindow(null)}
          >
            {t('All epochs')}
          </Button>
        )}
        <ToolbarSpace />
        <Button variant="default" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setAdding(!adding)}>
          {t('Add a sync rule')}
        </Button>
        <Button variant="default" leftSection={<IconDownload size={16} aria-hidden />} onClick={() => save(links)}>
          {t('Export')}
        </Button>
        <Button variant="default" leftSection={<IconRefresh size={16} aria-hidden />} onClick={onReload}>
          {t('Read again')}
        </Button>
      </Toolbar>
      <div className={classes.body}>
        <div className={classes.main}>
          {mode === 'graph' ? (
            <ReactFlowProvider>
              <SyncCanvas
                lanes={lanes}
                rules={graph.rules}
                selected={chosen?.id ?? null}
                path={path}
                told={told}
                onSelectBox={(box) => {
                  const [only] = box.nodes;
                  if (box.nodes.length > 1 || only === undefined) setWindow({ first: box.first, last: box.last });
                  else setChosen({ id: box.id, node: only });
                }}
                onSelectLine={(line) => {
                  const [edge] = line.edges;
                  if (edge !== undefined) setChosen({ id: line.id, edge });
                }}
              />
            </ReactFlowProvider>
          ) : (
            <EdgeTable edges={links} onOpen={(edge) => setChosen({ id: '', edge })} />
          )}
          <HealthList findings={findings} onShow={show} />
        </div>
        <aside className={classes.side} aria-label={t('Details')}>
          {adding && <RuleForm session={session} devices={devices} onKept={onReload} />}
          {chosen?.node !== undefined && (
            <>
              <NodeDetails node={chosen.node} />
              <p>
                <Button variant="default" size="xs" onClick={() => setFrom(chosen.id)}>
                  {t('Convert from here')}
                </Button>{' '}
                <Button variant="default" size="xs" onClick={() => setTo(chosen.id)}>
                  {t('Convert to here')}
                </Button>
              </p>
            </>
          )}
          {chosen?.edge !== undefined && <EdgeDetails session={session} edge={chosen.edge} />}
          <Converter
            session={session}
            nodes={graph.nodes}
            from={from}
            to={to}
            onFrom={setFrom}
            onTo={setTo}
            onPath={showPath}
          />
        </aside>
      </div>
    </div>
  );
}

/** A clock that the first one is related to, so that the converter shows something at once. */
function farEnd({ nodes, edges }: SyncGraphInfo): string {
  const [first] = nodes;
  const near = edges.find((edge) => edge.from === first?.id && edge.kind !== 'sameEpoch');
  return near?.to ?? nodes.find((node) => node.device !== first?.device)?.id ?? first?.id ?? '';
}

function save(edges: readonly SyncEdge[]): void {
  const address = URL.createObjectURL(new Blob([edgesAsCsv(edges)], { type: 'text/csv' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'clock-links.csv';
  link.click();
  URL.revokeObjectURL(address);
}
