import { Button } from '@mantine/core';
import { IconTimelineEventPlus, IconWaveSine } from '@tabler/icons-react';
import type { ElementInfo } from '../../../../shared/contract/elements.ts';
import { client } from '../../../state/client.ts';
import { useCommand } from '../../../state/commands.ts';
import { showError, showMessage } from '../../../state/messages.ts';
import type { Place } from '../../../state/place.ts';
import { t } from '../../../texts/translate.ts';
import { askForEpoch, askToDerive } from './element-dialogs.tsx';
import classes from './elements.module.css';

/** Elements are derived from others, and given epochs; which ones there are is asked when somebody wants to. */
export function ElementActions({ place }: { readonly place: Place }) {
  const derive = () =>
    void ask(place, ({ epochs }) => epochs.length > 0, askToDerive, t('No probe or element has epochs.'));
  const addEpoch = () =>
    void ask(
      place,
      ({ direct, probe }) => !direct && !probe,
      askForEpoch,
      t('No element holds epochs of its own: derive one, or make a document of the class element, first.'),
    );
  useCommand('element.derive', derive);
  useCommand('element.addEpoch', addEpoch);
  return (
    <div className={classes.actions}>
      <Button variant="default" size="compact-sm" leftSection={<IconWaveSine size={14} aria-hidden />} onClick={derive}>
        {t('Derive an element…')}
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconTimelineEventPlus size={14} aria-hidden />}
        onClick={addEpoch}
      >
        {t('Add an epoch…')}
      </Button>
    </div>
  );
}

async function ask(
  place: Place,
  fits: (element: ElementInfo) => boolean,
  open: typeof askToDerive,
  otherwise: string,
): Promise<void> {
  try {
    const fitting = (await client.elements.list(place)).filter(fits);
    const [first] = fitting;
    if (first === undefined) showMessage({ tone: 'info', title: otherwise });
    else open(place, fitting, first);
  } catch (thrown) {
    showError(thrown);
  }
}
