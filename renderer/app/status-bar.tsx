import { ActionIcon, Button, Popover, Progress, Tooltip } from '@mantine/core';
import { IconCpu, IconX } from '@tabler/icons-react';
import { useConnection } from '../state/connection.ts';
import { runCommand } from '../state/commands.ts';
import { cancelJob, clearCaches, useJobs, useMeter } from '../state/jobs.ts';
import { formatBytes, formatNumber, plural, t } from '../texts/translate.ts';
import classes from './bars.module.css';

/** The bottom of the window: what runs, how much memory it takes, and whether the data process is there. */
export function StatusBar() {
  return (
    <footer className={classes.statusBar} data-region="status" aria-label={t('Status')}>
      <JobStatus />
      <div className={classes.statusSpace} />
      <MemoryMeter />
      <DoorStatus />
    </footer>
  );
}

function JobStatus() {
  const jobs = useJobs((state) => state.jobs);
  const running = jobs.filter((job) => job.state === 'running');
  const job = running.at(-1);
  const failed = jobs.filter((other) => other.state === 'failed').length;
  return (
    <>
      <button
        type="button"
        className={classes.statusItem}
        data-tour="jobs"
        data-region-focus
        onClick={() => runCommand('view.jobs')}
      >
        <span>
          {running.length === 0
            ? t('No job is running')
            : plural(running.length, '{{count}} job is running', '{{count}} jobs are running')}
        </span>
        {failed > 0 && <span>{plural(failed, '{{count}} failed', '{{count}} failed')}</span>}
      </button>
      {job !== undefined && (
        <div className={classes.statusItem} style={{ maxWidth: '50vw' }}>
          <span translate="no">{job.title}</span>
          <Progress
            value={(job.fraction ?? 1) * 100}
            animated={job.fraction === null}
            w={96}
            size="sm"
            aria-label={job.title}
          />
          {job.fraction !== null && <span>{formatNumber(Math.floor(job.fraction * 100))} %</span>}
          <span translate="no">{job.detail}</span>
          {job.cancellable && (
            <Tooltip label={t('Cancel “{{job}}”', { job: job.title })}>
              <ActionIcon
                size={20}
                aria-label={t('Cancel “{{job}}”', { job: job.title })}
                onClick={() => void cancelJob(job.id)}
              >
                <IconX size={14} aria-hidden />
              </ActionIcon>
            </Tooltip>
          )}
        </div>
      )}
    </>
  );
}

function MemoryMeter() {
  const meter = useMeter((state) => state.meter);
  if (meter === null) return null;
  const rows = [
    [t('Data process'), `${formatBytes(meter.rssBytes)} / ${formatBytes(meter.budgetBytes)}`],
    [t('of it JavaScript'), formatBytes(meter.heapBytes)],
    [t('Caches'), `${formatBytes(meter.cacheBytes)} / ${formatBytes(meter.cacheBudgetBytes)}`],
    [t('Worker threads'), formatNumber(meter.workers)],
  ];
  return (
    <Popover position="top-end" shadow="md" withArrow trapFocus returnFocus>
      <Popover.Target>
        <button
          type="button"
          className={classes.statusItem}
          aria-label={t('Memory: {{size}}', { size: formatBytes(meter.rssBytes) })}
        >
          <IconCpu size={14} aria-hidden />
          <span>{formatBytes(meter.rssBytes)}</span>
        </button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('Memory')}>
        <table>
          <tbody>
            {rows.map(([name, value]) => (
              <tr key={name}>
                <th scope="row" style={{ textAlign: 'left', fontWeight: 400, paddingRight: 16 }}>
                  {name}
                </th>
                <td style={{ textAlign: 'right' }}>{value}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <Progress
          my={8}
          size="sm"
          value={(meter.cacheBytes / meter.cacheBudgetBytes) * 100}
          aria-label={t('Share of the cache budget')}
        />
        <Button variant="default" onClick={() => void clearCaches()}>
          {t('Clear the caches')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function DoorStatus() {
  const status = useConnection((state) => state.status);
  const door = globalThis.ndiHost === undefined ? t('web door') : t('desktop');
  const words = { connected: t('Connected'), connecting: t('Connecting…'), lost: t('Not connected') };
  return (
    <div className={classes.statusItem}>
      <i className={classes.dot} data-state={status} aria-hidden />
      <span>
        {words[status]} · {door}
      </span>
    </div>
  );
}
