import { Anchor } from '@mantine/core';
import {
  IconExternalLink,
  IconCloud,
  IconFile,
  IconFlask,
  IconFolderOpen,
  IconFolderPlus,
  IconKeyboard,
  IconRoute,
} from '@tabler/icons-react';
import { CommandButton } from '../../components/command-button.tsx';
import { Logo } from '../../components/logo.tsx';
import { useFormats } from '../../state/formats.ts';
import { t } from '../../texts/translate.ts';
import { RecentList } from './recent-list.tsx';
import classes from './start-page.module.css';

/** NDI itself with its guide, for those who come without knowing it. */
const NDI_GUIDE = 'https://github.com/VH-Lab/NDI-matlab';

/** The first thing people see: open something, go back to something, or learn how. */
export function StartPage() {
  const formats = useFormats();
  return (
    <div className={classes.page}>
      <header className={classes.head}>
        <Logo size={44} />
        <div>
          <h1 translate="no">NDI Desktop</h1>
          <p>{t('Drop a folder of recordings anywhere on this window, or open one here.')}</p>
        </div>
      </header>
      <div className={classes.columns}>
        <section aria-labelledby="start-open" data-tour="open">
          <h2 id="start-open">{t('Open')}</h2>
          <div className={classes.actions}>
            <CommandButton
              command="open.folder"
              label={t('Open a folder…')}
              icon={<IconFolderOpen size={16} aria-hidden />}
              variant="filled"
            />
            <CommandButton
              command="open.file"
              label={t('Open a recording file…')}
              icon={<IconFile size={16} aria-hidden />}
              variant="default"
            />
            <CommandButton
              command="session.create"
              label={t('Create a session…')}
              icon={<IconFolderPlus size={16} aria-hidden />}
              variant="default"
            />
            <CommandButton
              command="cloud.datasets"
              label={t('Datasets in NDI Cloud…')}
              icon={<IconCloud size={16} aria-hidden />}
              variant="default"
            />
          </div>
          <p className={classes.hint}>
            {t(
              'NDI sessions and datasets open, and recordings of these formats: {{formats}}. Nothing on disk changes.',
              {
                formats,
              },
            )}
          </p>
        </section>
        <section aria-labelledby="start-recent">
          <h2 id="start-recent">{t('Recent')}</h2>
          <RecentList />
        </section>
        <section aria-labelledby="start-learn">
          <h2 id="start-learn">{t('Learn')}</h2>
          <div className={classes.actions}>
            <CommandButton
              command="demo.make"
              label={t('Make a sample session')}
              icon={<IconFlask size={16} aria-hidden />}
              variant="default"
            />
            <CommandButton
              command="tour.start"
              label={t('Two-minute tour')}
              icon={<IconRoute size={16} aria-hidden />}
              variant="default"
            />
            <CommandButton
              command="shortcuts.open"
              label={t('Keyboard shortcuts')}
              icon={<IconKeyboard size={16} aria-hidden />}
              variant="default"
            />
          </div>
          <p className={classes.hint}>
            {t(
              'The sample session is a small synthetic experiment with two devices, drifting clocks and planted spikes.',
            )}
          </p>
          <Anchor href={NDI_GUIDE} target="_blank" rel="noreferrer noopener" size="sm">
            {t('Guide to NDI')} <IconExternalLink size={13} aria-hidden style={{ verticalAlign: '-2px' }} />
          </Anchor>
        </section>
      </div>
    </div>
  );
}
