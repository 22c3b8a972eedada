import { Button, SegmentedControl } from '@mantine/core';
import { IconFileDescription, IconFocus2, IconSearch, IconTopologyStar3 } from '@tabler/icons-react';
import { ReactFlowProvider } from '@xyflow/react';
import { useState } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { PictureMenu } from '../../components/graph/picture-menu.tsx';
import { saveGraph, type PictureFormat } from '../../components/graph/save-graph.ts';
import { LoadingState } from '../../components/loading-state.tsx';
import { Toolbar, ToolbarSpace } from '../../components/toolbar.tsx';
import { client } from '../../state/client.ts';
import { useCommand } from '../../state/commands.ts';
import { useDocumentNames } from '../../state/document-names.ts';
import { showError } from '../../state/messages.ts';
import { openPanel, type PanelParams, usePanelTitle } from '../../state/panels.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { plural, t } from '../../texts/translate.ts';
import classes from './document-graph.module.css';
import { documentPicture } from './document-picture.ts';
import { GraphCanvas } from './graph-canvas.tsx';
import { GraphList } from './graph-list.tsx';
import { hiddenCount, joined, type ShownGraph } from './graph-model.ts';

const NOTHING: ShownGraph = { nodes: [], edges: [] };

/** The documents around one: what it depends on, what depends on it, and onwards from there. */
export function GraphPanel({ params }: { readonly params: PanelParams['graph'] }) {
  const { path, id } = params;
  const answer = useAnswer(JSON.stringify([path, id]), (signal) =>
    client.documentGraph.around({ path, id, levels: 2 }, { signal }),
  );
  if (answer.status === 'loading')
    return <LoadingState what={t('Looking for what is around the document…')} lines={8} />;
  if (answer.status === 'failed') return <ErrorState error={answer.error} onRetry={answer.reload} />;
  return (
    <Graph
      key={JSON.stringify([path, id])}
      path={path}
      middle={id}
      first={joined(NOTHING, answer.value)}
      truncated={answer.value.truncated}
    />
  );
}

interface GraphProps {
  readonly path: string;
  readonly middle: string;
  readonly first: ShownGraph;
  readonly truncated: boolean;
}

function Graph({ path, middle, first, truncated }: GraphProps) {
  const [shown, setShown] = useState(first);
  const [selected, setSelected] = useState(middle);
  const [mode, setMode] = useState<'graph' | 'list'>('graph');
  const nameOf = useDocumentNames(path, shown.nodes);
  const centre = first.nodes.find((node) => node.id === middle);
  const title = t('{{name}}: graph', { name: (centre && nameOf(centre)) || centre?.class || middle });
  usePanelTitle(title);
  const save = (format: PictureFormat) =>
    void saveGraph(documentPicture(shown, middle, nameOf), { title, source: path, format });
  useCommand('graph.savePicture', () => save('png'));
  useCommand('graph.saveDrawing', () => save('svg'));
  const grow = async (id: string) => {
    try {
      const part = await client.documentGraph.around({ path, id, levels: 1 });
      setShown((before) => joined(before, part));
    } catch (thrown) {
      showError(thrown);
    }
  };
  const open = (id: string) => {
    const node = shown.nodes.find((one) => one.id === id);
    if (node?.missing === false) openPanel('documents', { path, documentId: id }, { place: 'right' });
  };
  const chosen = shown.nodes.find((node) => node.id === selected);
  return (
    <div className={classes.panel}>
      <Toolbar label={t('Dependency graph')}>
        <SegmentedControl
          aria-label={t('Show as')}
          value={mode}
          onChange={(value) => setMode(value === 'list' ? 'list' : 'graph')}
          data={[
            { value: 'graph', label: t('Graph') },
            { value: 'list', label: t('List') },
          ]}
        />
        <span>
          {plural(shown.nodes.length, '{{count}} document', '{{count}} documents')}
          {truncated && ` ${t('(there are more)')}`}
        </span>
        <ToolbarSpace />
        {chosen !== undefined && (
          <NodeActions
            isMissing={chosen.missing}
            hidden={hiddenCount(chosen, shown)}
            isMiddle={chosen.id === middle}
            onGrow={() => void grow(chosen.id)}
            onOpen={() => open(chosen.id)}
            onCentre={() => openPanel('graph', { path, id: chosen.id })}
            onFind={() => void findMissing(path, chosen.id)}
          />
        )}
        <PictureMenu png="graph.savePicture" svg="graph.saveDrawing" />
      </Toolbar>
      {shown.nodes.length <= 1 ? (
        <EmptyState title={t('This document depends on no other, and no document depends on it.')} />
      ) : mode === 'graph' ? (
        <ReactFlowProvider>
          <GraphCanvas
            shown={shown}
            middle={middle}
            selected={selected}
            nameOf={nameOf}
            onSelect={setSelected}
            onGrow={(id) => void grow(id)}
            onOpen={open}
          />
        </ReactFlowProvider>
      ) : (
        <GraphList
          shown={shown}
          middle={middle}
          selected={selected}
          nameOf={nameOf}
          onSelect={setSelected}
          onOpen={open}
        />
      )}
    </div>
  );
}

interface NodeActionsProps {
  readonly isMissing: boolean;
  readonly isMiddle: boolean;
  readonly hidden: number;
  readonly onGrow: () => void;
  readonly onOpen: () => void;
  readonly onCentre: () => void;
  readonly onFind: () => void;
}

/** What can be done with the document that is selected, by pointer and by keyboard alike. */
function NodeActions({ isMissing, isMiddle, hidden, onGrow, onOpen, onCentre, onFind }: NodeActionsProps) {
  return (
    <>
      {isMissing ? (
        <Button variant="default" leftSection={<IconSearch size={16} aria-hidden />} onClick={onFind}>
          {t('Find it')}
        </Button>
      ) : (
        <Button variant="default" leftSection={<IconFileDescription size={16} aria-hidden />} onClick={onOpen}>
          {t('Open the document')}
        </Button>
      )}
      <Button
        variant="default"
        disabled={hidden === 0}
        leftSection={<IconTopologyStar3 size={16} aria-hidden />}
        onClick={onGrow}
      >
        {hidden === 0 ? t('Nothing more around it') : plural(hidden, 'Show {{count}} more', 'Show {{count}} more')}
      </Button>
      <Button
        variant="default"
        disabled={isMiddle}
        leftSection={<IconFocus2 size={16} aria-hidden />}
        onClick={onCentre}
      >
        {t('Put in the middle')}
      </Button>
    </>
  );
}

/** Looks for a document that is named but not here: in what else was opened lately. */
async function findMissing(path: string, id: string): Promise<void> {
  const { findDocumentElsewhere } = await import('./find-elsewhere.ts');
  await findDocumentElsewhere(path, id);
}
