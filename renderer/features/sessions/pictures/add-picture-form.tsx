import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ImageInfo } from '../../../../shared/contract/images.ts';
import type { SessionInfo } from '../../../../shared/contract/sessions.ts';
import { ModalForm } from '../../../components/modal-form.tsx';
import { client } from '../../../state/client.ts';
import { undoAction } from '../../../state/edits.ts';
import { showMessage } from '../../../state/messages.ts';
import { openPanel } from '../../../state/panels.ts';
import type { Place } from '../../../state/place.ts';
import { formatBytes, formatNumber, t } from '../../../texts/translate.ts';

interface AddPictureFormProps {
  readonly place: Place;
  readonly subjects: SessionInfo['subjects'];
  readonly file: string;
  readonly info: ImageInfo;
  readonly onClose: () => void;
}

/** What the file is, and what it does not say itself. */
export function AddPictureForm({ place, subjects, file, info, onClose }: AddPictureFormProps) {
  const [label, setLabel] = useState('');
  const [scale, setScale] = useState<number | null>(null);
  const [units, setUnits] = useState('micrometer');
  const [subject, setSubject] = useState('');
  const keep = async () => {
    const { ids } = await client.images.add({
      ...{ ...place, files: [file], label },
      ...(scale === null ? {} : { scale, units }),
      ...(subject === '' ? {} : { subjectId: subject }),
    });
    onClose();
    const [id] = ids;
    showMessage({
      tone: 'success',
      title: t('{{name}} is kept', { name: info.name }),
      actions: [
        ...(id === undefined
          ? []
          : [{ label: t('Show its picture'), run: () => openPanel('image', { source: { path: place.path, id } }) }]),
        undoAction(place.path),
      ],
    });
  };
  return (
    <ModalForm agree={t('Keep it')} ready={scale === null || scale > 0} onSubmit={keep} onClose={onClose}>
      <p>{describe(info)}</p>
      <TextInput
        data-autofocus
        label={t('What it shows')}
        value={label}
        placeholder={info.name}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <NumberInput
        label={t('From pixel to pixel')}
        value={scale ?? ''}
        min={0}
        onChange={(typed) => setScale(typeof typed === 'number' ? typed : null)}
      />
      <TextInput
        label={t('Units of that')}
        value={units}
        disabled={scale === null}
        onChange={(event) => setUnits(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('Whose it is')}
        value={subject}
        data={[
          { value: '', label: t('Nobody’s in particular') },
          ...subjects.map(({ id, localIdentifier }) => ({ value: id, label: localIdentifier })),
        ]}
        onChange={(event) => setSubject(event.currentTarget.value)}
      />
    </ModalForm>
  );
}

function describe(info: ImageInfo): string {
  const parts = [info.name, info.format, formatBytes(info.sizeBytes)];
  if (info.kind !== 'frames') return parts.join(' · ');
  const sizes = [info.x, info.y, ...info.axes].map(({ size }) => formatNumber(size)).join(' × ');
  return [...parts, sizes, info.dataType].join(' · ');
}
