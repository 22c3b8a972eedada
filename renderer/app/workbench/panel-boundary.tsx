import { Button, CopyButton } from '@mantine/core';
import { Component, type ErrorInfo, type ReactNode } from 'react';
import { EmptyState } from '../../components/empty-state.tsx';
import { t } from '../../texts/translate.ts';

interface PanelBoundaryProps {
  readonly panelId: string;
  readonly title: string;
  readonly onReload: (fault: Error) => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

interface PanelBoundaryState {
  readonly fault: Error | null;
  /** Where in the page the fault arose, for the report. */
  readonly place: string;
}

/** A fault in one panel stays in that panel, which offers to load again, to close, and to copy a report. */
export class PanelBoundary extends Component<PanelBoundaryProps, PanelBoundaryState> {
  override state: PanelBoundaryState = { fault: null, place: '' };

  static getDerivedStateFromError(fault: unknown): Partial<PanelBoundaryState> {
    return { fault: fault instanceof Error ? fault : new Error(String(fault)) };
  }

  override componentDidCatch(_fault: unknown, info: ErrorInfo): void {
    this.setState({ place: info.componentStack ?? '' });
  }

  override render() {
    const { fault, place } = this.state;
    if (fault === null) return this.props.children;
    const report = [`${this.props.panelId}: ${fault.message}`, fault.stack ?? '', place].join('\n');
    return (
      <div role="alert">
        <EmptyState
          title={t('“{{panel}}” stopped because of a fault in the application: {{fault}}', {
            panel: this.props.title,
            fault: fault.message,
          })}
          action={<Button onClick={() => this.props.onReload(fault)}>{t('Load the panel again')}</Button>}
          link={
            <>
              <Button variant="default" onClick={this.props.onClose}>
                {t('Close the panel')}
              </Button>
              <CopyButton value={report}>
                {({ copied, copy }) => (
                  <Button variant="default" onClick={copy}>
                    {copied ? t('Copied') : t('Copy the report')}
                  </Button>
                )}
              </CopyButton>
            </>
          }
        />
      </div>
    );
  }
}
