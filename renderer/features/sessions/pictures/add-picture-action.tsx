import { Button } from '@mantine/core';
import { IconPhotoPlus } from '@tabler/icons-react';
import type { SessionInfo } from '../../../../shared/contract/sessions.ts';
import { modals } from '../../../components/modals.ts';
import { choosePath } from '../../../components/path-dialog/choose-path.ts';
import { client } from '../../../state/client.ts';
import { useCommand } from '../../../state/commands.ts';
import { showError } from '../../../state/messages.ts';
import type { Place } from '../../../state/place.ts';
import { t } from '../../../texts/translate.ts';
import { AddPictureForm } from './add-picture-form.tsx';

interface AddPictureActionProps {
  readonly place: Place;
  readonly subjects: SessionInfo['subjects'];
}

/** Takes a picture or movie into the session as an `imageStack` document: a file, what it is, and it is kept. */
export function AddPictureAction({ place, subjects }: AddPictureActionProps) {
  const ask = async () => {
    try {
      const file = await choosePath({
        kind: 'file',
        title: t('Choose a picture or movie (TIFF, PNG, JPEG, MP4, …)'),
        confirm: t('Choose'),
        startIn: place.path,
      });
      if (file === null) return;
      const info = await client.images.describe({ source: { path: file } });
      const modal = modals.open({
        title: t('Add a picture'),
        closeButtonProps: { 'aria-label': t('Close') },
        children: (
          <AddPictureForm
            place={place}
            subjects={subjects}
            file={file}
            info={info}
            onClose={() => modals.close(modal)}
          />
        ),
      });
    } catch (thrown) {
      showError(thrown);
    }
  };
  useCommand('image.add', () => void ask());
  return (
    <Button variant="default" leftSection={<IconPhotoPlus size={16} aria-hidden />} onClick={() => void ask()}>
      {t('Add a picture…')}
    </Button>
  );
}
