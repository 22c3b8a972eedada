import { Button, Group } from '@mantine/core';
import type { PublishState } from '../../../shared/contract/cloud-publish.ts';
import { confirm } from '../../components/confirm.tsx';
import { ErrorState } from '../../components/error-state.tsx';
import { plural, t } from '../../texts/translate.ts';
import type { Publish, PublishAct } from './use-publish.ts';
import classes from './publish.module.css';

interface PublishActionsProps {
  readonly publish: Publish;
  readonly state: PublishState;
}

function statusOf(state: PublishState['state'], missing: number): string {
  if (state === 'published') return t('It can be seen by everybody.');
  if (state === 'publishing') return t('NDI Cloud is still publishing it: look again later.');
  if (missing > 0) return plural(missing, '{{count}} thing is missing.', '{{count}} things are missing.');
  return t('Nothing that is needed is missing.');
}

/** Submit, publish and take back, each after saying what comes of it. */
export function PublishActions({ publish, state }: PublishActionsProps) {
  const { busy, error, act } = publish;
  const missing = state.checks.filter((check) => check.state === 'missing').length;
  const isOut = state.state === 'published' || state.state === 'publishing';
  const ask = async (wanted: PublishAct, question: Parameters<typeof confirm>[0]) => {
    if (await confirm(question)) act(wanted);
  };
  const submit = () =>
    void ask('submit', {
      title: t('Submit “{{name}}”?', { name: state.name }),
      text: t('An administrator of NDI Cloud looks at it and publishes it. You can go on changing it until then.'),
      agree: t('Submit'),
    });
  const publishIt = () =>
    void ask('publish', {
      title: t('Publish “{{name}}”?', { name: state.name }),
      text: t('Everybody can see and download it from then on, under the license that it names.'),
      agree: t('Publish'),
    });
  const takeBack = () =>
    void ask('unpublish', {
      title: t('Take “{{name}}” back?', { name: state.name }),
      text: t('Nobody outside of your organization can see it any more; what others have downloaded stays with them.'),
      agree: t('Take it back'),
      grave: true,
    });
  return (
    <section className={classes.section} aria-label={t('Publication')}>
      <p className={classes.quiet} role="status">
        {statusOf(state.state, missing)}
      </p>
      {error !== null && <ErrorState error={error} inline />}
      <Group gap="xs">
        {!isOut && (
          <>
            <Button onClick={submit} loading={busy === 'submit'} disabled={missing > 0 || state.state === 'submitted'}>
              {state.state === 'submitted' ? t('Submitted') : t('Submit for publication…')}
            </Button>
            <Button variant="default" onClick={publishIt} loading={busy === 'publish'} disabled={missing > 0}>
              {t('Publish…')}
            </Button>
          </>
        )}
        {isOut && (
          <Button variant="default" onClick={takeBack} loading={busy === 'unpublish'}>
            {t('Take it back…')}
          </Button>
        )}
      </Group>
      {!isOut && <p className={classes.quiet}>{t('Only administrators of NDI Cloud can publish by themselves.')}</p>}
    </section>
  );
}
