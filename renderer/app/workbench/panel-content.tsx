import { createElement, type ComponentType } from 'react';
import { LoadingState } from '../../components/loading-state.tsx';
import type { OpenPanel } from '../../state/panels.ts';
import { panelTable } from '../panel-table.ts';
import { useComponent } from './use-component.ts';

/** The table pairs each kind with the component for its parameters, which TypeScript cannot follow through a union. */
type LoadPanel = () => Promise<{ readonly default: ComponentType<{ params: unknown }> }>;

/** A panel itself, by its kind. */
export function PanelContent({ kind, params }: Pick<OpenPanel, 'kind' | 'params'>) {
  const component = useComponent(panelTable[kind].load as LoadPanel);
  return component === undefined ? <LoadingState /> : createElement(component, { params });
}
