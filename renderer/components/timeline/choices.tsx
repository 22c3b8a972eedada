import { NativeSelect } from '@mantine/core';
import { t } from '../../texts/translate.ts';
import type { DeviceClock } from './model/device-clock.ts';
import { LOCAL_CLOCK } from './model/layout.ts';
import type { LaneKind } from './use-timeline-epochs.ts';

interface ClockChoiceProps {
  readonly clocks: readonly string[];
  readonly references: readonly DeviceClock[];
  readonly reference: DeviceClock | null;
  readonly clock: string;
  readonly onChoose: (chosen: string) => void;
}

/** The clock of the timeline: one that every device has itself, or that of one device, on which all are put. */
export function ClockChoice({ clocks, references, reference, clock, onChoose }: ClockChoiceProps) {
  return (
    <NativeSelect
      size="xs"
      aria-label={t('Clock of the timeline')}
      value={reference === null ? clock : `${reference.device}/${reference.clock}`}
      data={[
        {
          group: t('Every device on its own clock'),
          items: clocks.map((type) => ({
            value: type,
            label: type === LOCAL_CLOCK ? t('Device time of each epoch ({{clock}})', { clock: type }) : type,
          })),
        },
        {
          group: t('All devices on the clock of one'),
          items: references.map((one) => ({
            value: `${one.device}/${one.clock}`,
            label: `${one.device}: ${one.clock}`,
          })),
        },
      ]}
      onChange={(event) => onChoose(event.currentTarget.value)}
    />
  );
}

interface LanesChoiceProps {
  readonly kind: LaneKind;
  readonly onChoose: (kind: LaneKind) => void;
}

export function LanesChoice({ kind, onChoose }: LanesChoiceProps) {
  return (
    <NativeSelect
      size="xs"
      aria-label={t('Lanes of the timeline')}
      value={kind}
      data={[
        { value: 'devices', label: t('DAQ systems') },
        { value: 'elements', label: t('Probes and elements') },
      ]}
      onChange={(event) => onChoose(event.currentTarget.value === 'elements' ? 'elements' : 'devices')}
    />
  );
}
