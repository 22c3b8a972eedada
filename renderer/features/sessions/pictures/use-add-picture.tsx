import type { SessionInfo } from '../../../../shared/contract/sessions.ts';
import { modals } from '../../../components/modals.ts';
import { choosePath } from '../../../components/path-dialog/choose-path.ts';
import { client } from '../../../state/client.ts';
import { useCommand } from '../../../state/commands.ts';
import { showError } from '../../../state/messages.ts';
import type { Place } from '../../../state/place.ts';
import { t } from '../../../texts/translate.ts';
import { AddPictureForm } from './add-picture-form.tsx';

/** The command that takes a picture or movie in as an `imageStack` document: a file, what it is, and it is kept. */
export function useAddPicture(place: Place, subjects: SessionInfo['subjects']): void {
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
}
