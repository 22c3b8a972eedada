import { Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleCheck, IconCircleDashed, IconCircleX } from '@tabler/icons-react';
import type { PublishCheck, PublishState } from '../../../shared/contract/cloud-publish.ts';
import { openPanel } from '../../state/panels.ts';
import { t } from '../../texts/translate.ts';
import type { Publish } from './use-publish.ts';
import classes from './publish.module.css';

interface CheckRowsProps {
  readonly path: string;
  readonly publish: Publish;
  readonly state: PublishState;
}

/** The check-list: each row says how it stands, what is missing, and leads to where it is mended. */
export function CheckRows({ path, publish, state }: CheckRowsProps) {
  return (
    <ul className={classes.checks} aria-label={t('Check-list')}>
      {state.checks.map((check) => (
        <li key={check.code} className={classes.check} data-state={check.state}>
          <StateIcon state={check.state} />
          <strong>{titleOf(check)}</strong>
          <span className={classes.message} translate="no">
            {check.message}
          </span>
          <Mend path={path} publish={publish} check={check} />
        </li>
      ))}
    </ul>
  );
}

function StateIcon({ state }: { readonly state: PublishCheck['state'] }) {
  const icons = {
    good: <IconCircleCheck size={18} aria-label={t('done')} role="img" />,
    missing: <IconCircleX size={18} aria-label={t('missing')} role="img" />,
    advice: <IconAlertTriangle size={18} aria-label={t('advice')} role="img" />,
    unknown: <IconCircleDashed size={18} aria-label={t('not looked at yet')} role="img" />,
  };
  return icons[state];
}

function titleOf({ code }: PublishCheck): string {
  const titles: Record<PublishCheck['code'], string> = {
    validator: t('Documents are valid'),
    uploaded: t('All is uploaded'),
    description: t('Description is sent'),
    title: t('Title'),
    abstract: t('Abstract'),
    licence: t('License'),
    authors: t('Authors'),
    orcid: t('ORCIDs'),
    funding: t('Funding'),
    doi: t('DOI'),
  };
  return titles[code];
}

/** The way to where a thing is mended; nothing for one that needs no mending. */
function Mend({ path, publish, check }: { path: string; publish: Publish; check: PublishCheck }) {
  const { busy, act } = publish;
  const doing = (wanted: 'validate' | 'sendDescription' | 'removePlaceholder', label: string) => (
    <MendButton label={label} about={check} busy={busy === wanted} onClick={() => act(wanted)} />
  );
  switch (check.mend) {
    case 'describe': {
      const field = check.field === null ? {} : { field: check.field };
      const open = () => openPanel('metadata', { path, ...field });
      return <MendButton label={t('Describe')} about={check} onClick={open} />;
    }
    case 'validate':
      return doing('validate', t('Validate now'));
    case 'sendDescription':
      return doing('sendDescription', t('Send the description'));
    case 'removePlaceholder':
      return doing('removePlaceholder', t('Remove the placeholder'));
    case 'showProblems':
      return (
        <MendButton label={t('Show the problems')} about={check} onClick={() => openPanel('maintenance', { path })} />
      );
    case 'sync':
      return (
        <MendButton label={t('Compare and send')} about={check} onClick={() => openPanel('cloudSync', { path })} />
      );
    case 'registerDoi':
    case null:
      return null;
  }
}

interface MendButtonProps {
  readonly label: string;
  readonly about: PublishCheck;
  readonly busy?: boolean;
  readonly onClick: () => void;
}

function MendButton({ label, about, busy = false, onClick }: MendButtonProps) {
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={busy}
      aria-label={t('{{title}}: {{action}}', { title: titleOf(about), action: label })}
      onClick={onClick}
    >
      {label}
    </Button>
  );
}
