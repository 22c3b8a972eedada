import { NativeSelect, NumberInput, SegmentedControl, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { DerivationPlan, DerivationRequest } from '../../../../shared/contract/derived-elements.ts';
import { ErrorState } from '../../../components/error-state.tsx';
import { LoadingState } from '../../../components/loading-state.tsx';
import { ModalForm } from '../../../components/modal-form.tsx';
import { client } from '../../../state/client.ts';
import { undoAction } from '../../../state/edits.ts';
import { showMessage } from '../../../state/messages.ts';
import type { Place } from '../../../state/place.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { formatBytes, formatNumber, plural, t } from '../../../texts/translate.ts';
import { keyOfElement, labelOfElement, type NamedElement } from './named-element.ts';
import classes from '../../../components/fields.module.css';

interface DeriveFormProps {
  readonly place: Place;
  readonly sources: readonly NamedElement[];
  readonly source: NamedElement;
  readonly onClose: () => void;
}

type Kind = DerivationRequest['how']['kind'];

const FIRST_FACTOR = 10;

/** What is to be made of a probe or element, and what that would be, while it is chosen. */
export function DeriveForm({ place, sources, source: first, onClose }: DeriveFormProps) {
  const [sourceKey, setSourceKey] = useState(keyOfElement(first));
  const [kind, setKind] = useState<Kind>('downsample');
  const [factor, setFactor] = useState<number | string>(FIRST_FACTOR);
  const [typedName, setTypedName] = useState<string | null>(null);
  const [reference, setReference] = useState<number | string>(1);
  const source = sources.find((one) => keyOfElement(one) === sourceKey) ?? first;
  const name = typedName ?? (kind === 'downsample' ? `${source.name}_by${factor}` : `${source.name}_whole`);
  const isWhole = typeof reference === 'number' && (kind === 'oneEpoch' || (typeof factor === 'number' && factor >= 2));
  const how: DerivationRequest['how'] = kind === 'downsample' ? { kind, factor: Number(factor) } : { kind };
  const request =
    name.trim() === '' || !isWhole ? null : { ...place, element: sourceKey, name: name.trim(), reference, how };
  const answer = useAnswer(
    JSON.stringify(request),
    (signal) => (request === null ? Promise.resolve(null) : client.derivedElements.plan(request, { signal })),
    { keepLast: true },
  );
  const plan = answer.status === 'ready' ? answer.value : null;
  const make = async () => {
    if (request === null) return;
    const { ids, plan: made } = await client.derivedElements.make(request);
    onClose();
    showMessage({
      tone: 'success',
      title: t('{{name}} is kept', { name: made.to }),
      ...(ids.length === 0 ? {} : { actions: [undoAction(place.path)] }),
    });
  };
  return (
    <ModalForm agree={t('Compute and keep')} ready={(plan?.epochs.length ?? 0) > 0} onSubmit={make} onClose={onClose}>
      <NativeSelect
        data-autofocus
        label={t('Made from')}
        value={sourceKey}
        data={sources.map((one) => ({ value: keyOfElement(one), label: labelOfElement(one) }))}
        onChange={(event) => setSourceKey(event.currentTarget.value)}
      />
      <SegmentedControl
        aria-label={t('What is made')}
        value={kind}
        data={[
          { value: 'downsample', label: t('A lower sample rate') },
          { value: 'oneEpoch', label: t('All epochs as one') },
        ]}
        onChange={setKind}
      />
      <p className={classes.quiet}>
        {kind === 'downsample'
          ? t('Each epoch is low-passed, and every so many-th sample is kept.')
          : t('Epochs follow each other by their common clock; without one, a sample apart.')}
      </p>
      <div className={classes.fields}>
        {kind === 'downsample' && (
          <NumberInput
            label={t('Keep every … th sample')}
            value={factor}
            min={2}
            allowDecimal={false}
            onChange={setFactor}
          />
        )}
        <TextInput label={t('Name')} value={name} onChange={(event) => setTypedName(event.currentTarget.value)} />
        <NumberInput label={t('Reference')} value={reference} min={0} allowDecimal={false} onChange={setReference} />
      </div>
      <div aria-live="polite">
        {answer.status === 'loading' && <LoadingState lines={2} />}
        {answer.status === 'failed' && <ErrorState inline error={answer.error} onRetry={answer.reload} />}
        {plan !== null && <PlanText plan={plan} />}
      </div>
    </ModalForm>
  );
}

function PlanText({ plan }: { readonly plan: DerivationPlan }) {
  const { epochs, already, leftOut, rows, columns, sizeBytes, fromRate, toRate, clock } = plan;
  if (epochs.length === 0)
    return <p className={classes.quiet}>{t('{{name}} has all of it already.', { name: plan.to })}</p>;
  return (
    <>
      <p className={classes.quiet}>
        {plural(epochs.length, '{{count}} epoch is computed', '{{count}} epochs are computed')}
        {already > 0 && ` · ${t('{{count}} there already', { count: already })}`}
        {' · '}
        {fromRate === null
          ? plural(rows, '{{count}} event', '{{count}} events')
          : t('{{rows}} samples of {{columns}} channels', { rows: formatNumber(rows), columns })}
        {toRate !== null && ` · ${t('{{rate}} Hz', { rate: formatNumber(toRate) })}`}
        {fromRate !== toRate && fromRate !== null && ` (${t('from {{rate}} Hz', { rate: formatNumber(fromRate) })})`}
        {` · ${formatBytes(sizeBytes)}`}
        {clock !== null && ` · ${t('placed by {{clock}}', { clock })}`}
      </p>
      {leftOut.map(({ epochId, reason }) => (
        <p key={epochId} className={classes.problem}>
          {t('{{epoch}} is left out: {{reason}}', { epoch: epochId, reason })}
        </p>
      ))}
    </>
  );
}
