import { ElidedText } from '../../components/elided-text.tsx';
import type { DataTableColumn } from '../../components/table/columns.ts';
import { DataTable } from '../../components/table/data-table.tsx';
import type { NameOf } from '../../state/document-names.ts';
import { formatNumber, plural, t } from '../../texts/translate.ts';
import classes from './document-graph.module.css';
import { hiddenCount, listed, type ListedNode, type ShownGraph } from './graph-model.ts';

interface GraphListProps {
  readonly shown: ShownGraph;
  readonly middle: string;
  readonly selected: string;
  readonly nameOf: NameOf;
  readonly onSelect: (id: string) => void;
  readonly onOpen: (id: string) => void;
}

/** The graph as a table: the same documents, for those who would rather read than look. */
export function GraphList({ shown, middle, selected, nameOf, onSelect, onOpen }: GraphListProps) {
  const lines = listed(shown, middle);
  return (
    <DataTable
      label={t('Documents around this one')}
      columns={columnsFor(shown, nameOf)}
      count={lines.length}
      rowAt={(index) => lines[index]}
      selected={lines.findIndex((line) => line.node.id === selected)}
      onSelect={(index) => {
        const id = lines[index]?.node.id;
        if (id !== undefined) onSelect(id);
      }}
      onOpen={({ node }) => onOpen(node.id)}
    />
  );
}

function columnsFor(shown: ShownGraph, nameOf: NameOf): DataTableColumn<ListedNode>[] {
  return [
    { id: 'way', title: t('How'), least: 190, cell: wayOf },
    {
      id: 'class',
      title: t('Class'),
      least: 120,
      grow: 1,
      cell: ({ node }) =>
        node.missing ? <span className={classes.missing}>{t('missing')}</span> : <ElidedText text={node.class} />,
    },
    {
      id: 'name',
      title: t('Name'),
      least: 140,
      grow: 2,
      cell: ({ node }) => <ElidedText text={nameOf(node) || node.id} />,
    },
    { id: 'by', title: t('By'), least: 120, grow: 1, cell: ({ by }) => <ElidedText text={by} /> },
    {
      id: 'more',
      title: t('Not shown'),
      least: 90,
      numeric: true,
      cell: ({ node }) => formatNumber(hiddenCount(node, shown)),
    },
  ];
}

function wayOf({ tie, steps }: ListedNode): string {
  const away = plural(steps, '{{count}} step', '{{count}} steps');
  switch (tie) {
    case 'antecedent':
      return t('depended on, {{away}}', { away });
    case 'dependent':
      return t('depends on it, {{away}}', { away });
    case 'related':
      return t('by way of another, {{away}}', { away });
  }
}
