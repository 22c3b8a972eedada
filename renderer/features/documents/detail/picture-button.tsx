import { IconPhoto } from '@tabler/icons-react';
import type { DocumentDetail } from '../../../../shared/contract/documents.ts';
import { CommandButton } from '../../../components/command-button.tsx';
import { useCommand } from '../../../state/commands.ts';
import { openPanel } from '../../../state/panels.ts';
import { t } from '../../../texts/translate.ts';

/** Classes whose documents hold a picture or a stack of frames. */
const PICTURES = ['imageStack', 'image', 'ontologyImage', 'daqreader_image_epochdata_ingested'];

export function holdsPicture({ summary, superclasses, files }: DocumentDetail): boolean {
  return files.length > 0 && [summary.class, ...superclasses].some((name) => PICTURES.includes(name));
}

/** Opens the picture that a document holds. */
export function PictureButton({ path, id }: { readonly path: string; readonly id: string }) {
  useCommand('documents.image', () => openPanel('image', { source: { path, id } }));
  return (
    <CommandButton
      command="documents.image"
      icon={<IconPhoto size={16} aria-hidden />}
      label={t('Show its picture')}
      variant="default"
    />
  );
}
