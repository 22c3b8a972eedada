import { NativeSelect, NumberInput, TextInput } from '@mantine/core';
import { matrixTypeSchema } from '../../../../shared/contract/raw-matrix.ts';
import { t } from '../../../texts/translate.ts';
import { wrongFields, type MatrixDraft } from './draft.ts';
import classes from './matrix.module.css';

interface MatrixFieldsProps {
  readonly draft: MatrixDraft;
  readonly onChange: (draft: MatrixDraft) => void;
}

type NumberField = 'channels' | 'sampleRate' | 'skip' | 'gain' | 'offset';

/** What must be said of a file of bare samples. */
export function MatrixFields({ draft, onChange }: MatrixFieldsProps) {
  const wrong = wrongFields(draft);
  const number = (field: NumberField, label: string, more: { min?: number; whole?: boolean } = {}) => (
    <NumberInput
      label={label}
      value={draft[field]}
      onChange={(value) => onChange({ ...draft, [field]: value })}
      allowDecimal={more.whole !== true}
      {...(more.min === undefined ? {} : { min: more.min })}
      error={wrong.has(field) ? t('This cannot be.') : undefined}
      hideControls
    />
  );
  return (
    <div className={classes.fields}>
      {number('channels', t('Channels'), { min: 1, whole: true })}
      {number('sampleRate', t('Samples a second'), { min: 0 })}
      <NativeSelect
        label={t('Type of the values')}
        value={draft.type}
        data={[...matrixTypeSchema.options]}
        onChange={(event) => onChange({ ...draft, type: event.currentTarget.value as MatrixDraft['type'] })}
      />
      <NativeSelect
        label={t('Order of their bytes')}
        value={draft.byteOrder}
        data={[
          { value: 'little-endian', label: t('little-endian') },
          { value: 'big-endian', label: t('big-endian') },
        ]}
        onChange={(event) => onChange({ ...draft, byteOrder: event.currentTarget.value as MatrixDraft['byteOrder'] })}
      />
      <NativeSelect
        label={t('What lies together')}
        value={draft.order}
        data={[
          { value: 'sample', label: t('the channels of a sample') },
          { value: 'channel', label: t('the samples of a channel') },
        ]}
        onChange={(event) => onChange({ ...draft, order: event.currentTarget.value as MatrixDraft['order'] })}
      />
      {number('skip', t('Bytes to skip first'), { min: 0, whole: true })}
      {number('gain', t('Gain'))}
      {number('offset', t('Offset'))}
      <TextInput
        label={t('Units')}
        value={draft.units}
        maxLength={40}
        placeholder="uV"
        onChange={(event) => onChange({ ...draft, units: event.currentTarget.value })}
      />
    </div>
  );
}
