import { ActionIcon, Tooltip } from '@mantine/core';
import { IconEye, IconEyeOff, IconHeadphones } from '@tabler/icons-react';
import { useStore } from 'zustand';
import type { Channel } from '../../../../shared/contract/recordings.ts';
import { isSampled } from '../../../../shared/model/channels.ts';
import { dataColor } from '../../../style/data-colors.ts';
import { formatNumber, t } from '../../../texts/translate.ts';
import { COLORS, colorIndex } from '../model/colors.ts';
import { isDigital } from '../model/lanes.ts';
import { channelSettings, MOST_GAIN, unitSign } from '../model/settings.ts';
import { changeChannels, type TraceStore } from '../trace-store.ts';
import classes from './channels.module.css';

/** One step of a gain handle. */
const GAIN_STEP = 1.25;
/** Pixels of a drag that make one step. */
const STEP_PX = 6;

export function ChannelRow({ store, channel }: { readonly store: TraceStore; readonly channel: Channel }) {
  const info = useStore(store, (state) => state.info);
  const settings = useStore(store, (state) => channelSettings(state.settings, channel.name));
  const color = useStore(store, (state) => colorIndex(state.info, state.settings)(channel.name));
  const sampled = isSampled(channel.type);
  const { name } = channel;
  const label = channel.label === name ? '' : channel.label;
  const count = info.events[name];
  const eye = settings.visible ? t('Hide {{name}}', { name }) : t('Show {{name}}', { name });
  const solo = settings.solo
    ? t('Show {{name}} beside the others again', { name })
    : t('Show {{name}} alone', { name });
  return (
    <div className={classes.row} data-off={!settings.visible && !settings.solo ? '' : undefined} data-channel={name}>
      <ActionIcon
        size={20}
        aria-label={eye}
        title={eye}
        aria-pressed={settings.visible}
        onClick={() => changeChannels(store, [name], { visible: !settings.visible })}
      >
        {settings.visible ? <IconEye size={14} /> : <IconEyeOff size={14} />}
      </ActionIcon>
      {sampled ? (
        <button
          type="button"
          className={classes.color}
          style={{ background: dataColor(color) }}
          aria-label={t('Another colour for {{name}}', { name })}
          title={t('Another colour for {{name}}', { name })}
          onClick={() => changeChannels(store, [name], { color: (color + 1) % COLORS })}
        />
      ) : (
        <span className={classes.color} />
      )}
      <span className={classes.name} translate="no">
        {name}
      </span>
      <span className={classes.label} title={label} translate="no">
        {label}
      </span>
      <span className={classes.unit}>
        {sampled ? unitSign(channel.units) : count === undefined ? '' : formatNumber(count)}
      </span>
      {sampled && !isDigital(channel) && (
        <GainHandle name={name} gain={settings.gain} onGain={(gain) => changeChannels(store, [name], { gain })} />
      )}
      <ActionIcon
        size={20}
        aria-label={solo}
        title={solo}
        aria-pressed={settings.solo}
        color={settings.solo ? 'accent' : 'gray'}
        variant={settings.solo ? 'light' : 'subtle'}
        onClick={() => changeChannels(store, [name], { solo: !settings.solo })}
      >
        <IconHeadphones size={14} />
      </ActionIcon>
    </div>
  );
}

interface GainHandleProps {
  readonly name: string;
  readonly gain: number;
  readonly onGain: (gain: number) => void;
}

/** A number to be dragged up and down, turned by the arrow keys, and set back by a double click. */
function GainHandle({ name, gain, onGain }: GainHandleProps) {
  const hint = t('Gain of {{name}}: drag up or down, arrow keys; double-click or 0 sets it back', { name });
  const set = (next: number) => onGain(Math.min(Math.max(next, 1 / MOST_GAIN), MOST_GAIN));
  const onPointerDown = (down: React.PointerEvent<HTMLSpanElement>) => {
    const handle = down.currentTarget;
    const startY = down.clientY;
    handle.setPointerCapture(down.pointerId);
    const onMove = (event: PointerEvent) => set(gain * GAIN_STEP ** ((startY - event.clientY) / STEP_PX));
    const onUp = () => {
      handle.removeEventListener('pointermove', onMove);
      handle.removeEventListener('pointerup', onUp);
      handle.removeEventListener('pointercancel', onUp);
    };
    handle.addEventListener('pointermove', onMove);
    handle.addEventListener('pointerup', onUp);
    handle.addEventListener('pointercancel', onUp);
  };
  return (
    <Tooltip label={hint}>
      <span
        className={classes.gain}
        role="slider"
        tabIndex={0}
        aria-label={t('Gain of {{name}}', { name })}
        aria-valuenow={Number(gain.toPrecision(3))}
        aria-valuemin={1 / MOST_GAIN}
        aria-valuemax={MOST_GAIN}
        aria-orientation="vertical"
        onPointerDown={onPointerDown}
        onDoubleClick={() => set(1)}
        onKeyDown={(event) => {
          if (event.key === 'ArrowUp' || event.key === 'ArrowRight') set(gain * GAIN_STEP);
          else if (event.key === 'ArrowDown' || event.key === 'ArrowLeft') set(gain / GAIN_STEP);
          else if (event.key === '0') set(1);
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      >
        {`×${formatNumber(Number(gain.toPrecision(2)))}`}
      </span>
    </Tooltip>
  );
}
