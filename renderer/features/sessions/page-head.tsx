import { ActionIcon, Button, Tooltip } from '@mantine/core';
import { IconCircleCheck, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Problem } from '../../../shared/contract/common.ts';
import { CopyState } from '../../components/copy-state/copy-state.tsx';
import { CopyableText } from '../../components/elided-text.tsx';
import { ProblemList } from '../../components/problems/problem-list.tsx';
import { openPanel } from '../../state/panels.ts';
import { formatNumber, t } from '../../texts/translate.ts';
import classes from './sessions.module.css';

interface PageHeadProps {
  /** `Session`, `Dataset`. */
  readonly kind: string;
  readonly reference: string;
  readonly id: string;
  readonly path: string;
  /** It goes to the cloud by itself: no session that lies in a dataset. */
  readonly isWhole: boolean;
  /** It is being read again. */
  readonly reading: boolean;
  readonly onReload: () => void;
  /** Quick actions. */
  readonly children: ReactNode;
}

/** Name, id and path, and what can be done at once. */
export function PageHead({ kind, reference, id, path, isWhole, reading, onReload, children }: PageHeadProps) {
  return (
    <header className={classes.pageHead}>
      <div className={classes.names}>
        <p className={classes.kind}>{kind}</p>
        <h1 translate="no">{reference}</h1>
        <dl className={classes.identity}>
          <dt>{t('ID')}</dt>
          <dd>
            <CopyableText text={id} what={t('ID')} />
          </dd>
          <dt>{t('Folder')}</dt>
          <dd>
            <CopyableText text={path} what={t('path')} />
          </dd>
          <dt>{t('NDI Cloud')}</dt>
          <dd className={classes.cloud}>
            <CopyState
              path={path}
              brief={false}
              action={(state) =>
                isWhole && <SyncButton path={path} isFirst={state === undefined || state === 'local-only'} />
              }
            />
          </dd>
        </dl>
      </div>
      <div className={classes.actions}>
        {children}
        <Tooltip label={t('Read again from disk')}>
          <ActionIcon aria-label={t('Read again from disk')} loading={reading} onClick={onReload}>
            <IconRefresh size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </header>
  );
}

/** The one click that brings the copies in step. */
function SyncButton({ path, isFirst }: { readonly path: string; readonly isFirst: boolean }) {
  return (
    <Button variant="default" size="compact-xs" onClick={() => openPanel('cloudSync', { path })}>
      {isFirst ? t('Upload to NDI Cloud') : t('Sync with NDI Cloud')}
    </Button>
  );
}

/** Counts of what there is, as a row of figures. */
export function Statistics({ figures }: { readonly figures: readonly { label: string; count: number }[] }) {
  return (
    <dl className={classes.statistics}>
      {figures.map(({ label, count }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{formatNumber(count)}</dd>
        </div>
      ))}
    </dl>
  );
}

interface HealthProps {
  readonly problems: readonly Problem[];
  /** What is found out later. */
  readonly children?: ReactNode;
}

/** How the item fares: its problems, or that there are none. */
export function Health({ problems, children }: HealthProps) {
  return (
    <section className={classes.section} aria-label={t('Health')}>
      <h2>{t('Health')}</h2>
      {problems.length === 0 ? (
        <p className={classes.healthy}>
          <IconCircleCheck size={16} aria-hidden /> {t('No problems found.')}
        </p>
      ) : (
        <ProblemList problems={problems} />
      )}
      {children}
    </section>
  );
}

interface PageSectionProps {
  readonly title: string;
  readonly children: ReactNode;
}

export function PageSection({ title, children }: PageSectionProps) {
  return (
    <section className={classes.section} aria-label={title}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}
