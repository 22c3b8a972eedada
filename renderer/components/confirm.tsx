import { Button, Group } from '@mantine/core';
import { t } from '../texts/translate.ts';
import { modals } from './modals.ts';

interface Question {
  readonly title: string;
  /** What will come of it. */
  readonly text: string;
  /** Words of the button that agrees. */
  readonly agree: string;
  /** What cannot be taken back is red. */
  readonly grave?: boolean;
}

/** Asks before something is done; the safe answer has the focus, and closing the dialog gives it. */
export function confirm({ title, text, agree, grave = false }: Question): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (agreed: boolean) => {
      resolve(agreed);
      modals.close(id);
    };
    const id = modals.open({
      title,
      onClose: () => resolve(false),
      closeButtonProps: { 'aria-label': t('Close') },
      children: (
        <>
          <p>{text}</p>
          <Group justify="flex-end" gap="xs">
            <Button variant="default" data-autofocus onClick={() => answer(false)}>
              {t('Cancel')}
            </Button>
            <Button {...(grave ? { color: 'red' } : {})} onClick={() => answer(true)}>
              {agree}
            </Button>
          </Group>
        </>
      ),
    });
  });
}
