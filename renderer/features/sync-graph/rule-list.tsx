import { ActionIcon, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import type { SyncRuleInfo } from '../../../shared/contract/sync.ts';
import { client } from '../../state/client.ts';
import { undoAction } from '../../state/edits.ts';
import { showError, showMessage } from '../../state/messages.ts';
import type { Place } from '../../state/place.ts';
import { dataColor } from '../../style/data-colors.ts';
import { plural, t } from '../../texts/translate.ts';
import classes from './sync-graph.module.css';

interface RuleListProps {
  readonly session: Place;
  readonly rules: readonly SyncRuleInfo[];
  readonly onChanged: () => void;
}

/** The rules of the session in their order, in the colours of their links. */
export function RuleList({ session, rules, onChanged }: RuleListProps) {
  const remove = async ({ id, name }: SyncRuleInfo) => {
    try {
      await client.sync.removeRule({ ...session, id });
      showMessage({
        tone: 'success',
        title: t('Removed the sync rule {{name}}.', { name }),
        actions: [undoAction(session.path)],
      });
      onChanged();
    } catch (thrown) {
      showError(thrown);
    }
  };
  return (
    <section aria-label={t('Sync rules')}>
      <h2>{t('Sync rules')}</h2>
      {rules.length === 0 && <p className={classes.quiet}>{t('The session has no sync rules.')}</p>}
      <ul className={classes.rules}>
        {rules.map((rule, at) => (
          <li key={rule.id}>
            <span className={classes.swatch} style={{ background: dataColor(at) }} aria-hidden />
            <div className={classes.ruleText}>
              <span translate="no">{rule.name}</span>
              <p className={rule.links === 0 ? classes.bad : classes.quiet}>
                {rule.links === 0
                  ? rule.reason
                  : plural(rule.links, 'relates {{count}} pair of epochs', 'relates {{count}} pairs of epochs')}
              </p>
            </div>
            <Tooltip label={t('Remove')}>
              <ActionIcon
                aria-label={t('Remove the rule {{name}}', { name: rule.name })}
                onClick={() => void remove(rule)}
              >
                <IconTrash size={16} aria-hidden />
              </ActionIcon>
            </Tooltip>
          </li>
        ))}
      </ul>
    </section>
  );
}
