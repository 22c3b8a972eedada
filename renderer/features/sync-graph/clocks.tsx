import { ReactFlowProvider } from '@xyflow/react';
import { useCallback, useMemo, useState } from 'react';
import type { ClockFinding, SyncEdge, SyncGraphInfo, SyncNode } from '../../../shared/contract/sync.ts';
import { saveGraph, type PictureFormat } from '../../components/graph/save-graph.ts';
import { useCommand } from '../../state/commands.ts';
import type { PanelParams } from '../../state/panels.ts';
import { basename } from '../../state/paths.ts';
import { t } from '../../texts/translate.ts';
import { ClocksToolbar, type View } from './clocks-toolbar.tsx';
import { Converter } from './converter.tsx';
import { EdgeDetails } from './edge-details.tsx';
import { EdgeTable } from './edge-table.tsx';
import { HealthList } from './health-list.tsx';
import { type Box, type EpochWindow, type Line, placeInLanes, windowAround } from './lanes.ts';
import { NodeDetails } from './node-details.tsx';
import { RuleForm } from './rule-form.tsx';
import { RuleList } from './rule-list.tsx';
import { syncPicture } from './sync-picture.ts';
import { SyncCanvas } from './sync-canvas.tsx';
import classes from './sync-graph.module.css';

const NONE: ReadonlySet<string> = new Set();
/** Findings that a rule could put right. */
const wantRule = ['time.noPath', 'time.noFit', 'time.ruleUnused', 'time.deviceClocks'];

interface ClocksProps {
  readonly session: PanelParams['sync'];
  readonly graph: SyncGraphInfo;
  readonly findings: readonly ClockFinding[];
  readonly onReload: () => void;
}

/** What is looked at more closely; `id` is that of its box or line, if it has one. */
type Chosen = { readonly id: string } & ({ readonly node: SyncNode } | { readonly edge: SyncEdge });

/** The devices that a new rule is to relate; null where it is up to the person. */
type NewRule = { readonly pair: readonly [string, string] | null };

/** The graph with its health below, and what is chosen in it beside. */
export function Clocks({ session, graph, findings, onReload }: ClocksProps) {
  const [view, setView] = useState<View>('graph');
  // Clusters that were opened, each inside the one before.
  const [windows, setWindows] = useState<readonly EpochWindow[]>([]);
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [told, setTold] = useState(NONE);
  const [path, setPath] = useState(NONE);
  const [newRule, setNewRule] = useState<NewRule | null>(null);
  const [from, setFrom] = useState(graph.nodes[0]?.id ?? '');
  const [to, setTo] = useState(() => farEnd(graph));
  const window = windows.at(-1) ?? null;
  const lanes = useMemo(() => placeInLanes(graph, window), [graph, window]);
  const showPath = useCallback((ids: readonly string[]) => setPath(new Set(ids)), []);
  const links = useMemo(() => graph.edges.filter((edge) => edge.kind !== 'sameEpoch'), [graph]);
  const devices = [...new Set(graph.nodes.map(({ device }) => device))];
  const save = (format: PictureFormat) => {
    const title = `${basename(session.path)} clocks`;
    void saveGraph(syncPicture(lanes, graph.rules), { title, source: session.path, format });
  };
  useCommand('sync.savePicture', () => save('png'));
  useCommand('sync.saveDrawing', () => save('svg'));
  const open = ({ device, first, last }: Box) => {
    setTold(NONE);
    setWindows([...windows, { device, first, last }]);
  };
  const selectBox = (box: Box) => {
    const [only] = box.nodes;
    if (only === undefined || box.nodes.length > 1) open(box);
    else setChosen({ id: box.id, node: only });
  };
  const selectLine = (line: Line) => {
    const [edge] = line.edges;
    const cluster = lanes.boxes.find(({ id, nodes }) => id === line.from && nodes.length > 1);
    if (cluster !== undefined && line.edges.length > 2) open(cluster);
    else if (edge !== undefined) setChosen({ id: line.id, edge });
  };
  const show = (finding: ClockFinding) => {
    setView('graph');
    const all = placeInLanes(graph, null);
    const near = windowAround(graph, all, finding.nodes);
    setWindows(near === null ? [] : [near]);
    setTold(new Set(finding.nodes));
    const edge = links.find((one) => finding.nodes.includes(one.from) && finding.nodes.includes(one.to));
    if (edge !== undefined) setChosen({ id: '', edge });
    if (wantRule.includes(finding.code)) setNewRule({ pair: pairOf(finding, graph, devices) });
  };
  return (
    <div className={classes.panel}>
      <ClocksToolbar
        graph={graph}
        links={links}
        view={view}
        depth={windows.length}
        onView={setView}
        onUp={() => {
          setTold(NONE);
          setWindows(windows.slice(0, -1));
        }}
        onAddRule={() => setNewRule(newRule === null ? { pair: null } : null)}
        onReload={onReload}
      />
      <div className={classes.body}>
        <div className={classes.main}>
          {view === 'graph' ? (
            <ReactFlowProvider>
              <SyncCanvas
                lanes={lanes}
                rules={graph.rules}
                selected={chosen?.id ?? null}
                path={path}
                told={told}
                onSelectBox={selectBox}
                onSelectLine={selectLine}
              />
            </ReactFlowProvider>
          ) : (
            <EdgeTable edges={links} onOpen={(edge) => setChosen({ id: '', edge })} />
          )}
          <HealthList findings={findings} onShow={show} />
        </div>
        <aside className={classes.side} aria-label={t('Details')}>
          {newRule !== null && (
            <RuleForm
              key={newRule.pair?.join('\n') ?? ''}
              session={session}
              devices={devices}
              pair={newRule.pair}
              onKept={() => {
                setNewRule(null);
                onReload();
              }}
            />
          )}
          {chosen !== null && 'node' in chosen && (
            <NodeDetails session={session} node={chosen.node} onConvertFrom={setFrom} onConvertTo={setTo} />
          )}
          {chosen !== null && 'edge' in chosen && <EdgeDetails session={session} edge={chosen.edge} />}
          <Converter
            session={session}
            nodes={graph.nodes}
            from={from}
            to={to}
            onFrom={setFrom}
            onTo={setTo}
            onPath={showPath}
          />
          <RuleList session={session} rules={graph.rules} onChanged={onReload} />
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

/** The two devices of a finding; the first device of the session where it is about one alone. */
function pairOf(
  finding: ClockFinding,
  { nodes }: SyncGraphInfo,
  devices: readonly string[],
): readonly [string, string] | null {
  const named = [...new Set(nodes.filter(({ id }) => finding.nodes.includes(id)).map(({ device }) => device))];
  const [one, two] = named;
  if (one === undefined) return null;
  if (two !== undefined) return [one, two];
  const other = devices.find((device) => device !== one);
  return other === undefined ? null : [other, one];
}
