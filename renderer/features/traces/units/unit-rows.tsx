import { useVirtualizer } from '@tanstack/react-virtual';
import { IconSquare, IconSquareCheck } from '@tabler/icons-react';
import { useId, useRef, useState } from 'react';
import { useStore } from 'zustand';
import type { Unit } from '../../../../shared/contract/units.ts';
import { stepFor } from '../../../components/table/step-for.ts';
import { dataColor } from '../../../style/data-colors.ts';
import { formatNumber, formatSeconds, plural, t } from '../../../texts/translate.ts';
import { COLORS } from '../model/colors.ts';
import type { Site } from '../model/sites.ts';
import { depthOf, unitColorIndex } from '../model/units.ts';
import { change, type TraceStore } from '../trace-store.ts';
import { Thumbnail } from './thumbnail.tsx';
import classes from './unit-panel.module.css';

const ROW_PX = 44;

interface UnitRowsProps {
  readonly store: TraceStore;
  readonly units: readonly Unit[];
  readonly sites: ReadonlyMap<string, Site>;
}

/** The units as one list: arrows go from unit to unit, Space shows or hides one, C gives it another colour. */
export function UnitRows({ store, units, sites }: UnitRowsProps) {
  const shown = useStore(store, (state) => state.settings.units.shown);
  const colorOf = useUnitColors(store);
  const [active, setActive] = useState(0);
  const scroller = useRef<HTMLDivElement>(null);
  const prefix = useId();
  // As in the channel column.
  const virtual = useVirtualizer({
    count: units.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_PX,
    overscan: 4,
  });
  const at = Math.min(active, units.length - 1);
  const toggle = (id: string) => {
    const { settings } = store.getState();
    const { shown: now } = settings.units;
    const next = now.includes(id) ? now.filter((one) => one !== id) : [...now, id];
    change(store, { units: { ...settings.units, shown: next } });
  };
  const recolor = (id: string) => {
    const { settings } = store.getState();
    const colors = { ...settings.units.colors, [id]: (colorOf(id) + 1) % COLORS };
    change(store, { units: { ...settings.units, colors } });
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_PX) - 1);
    const id = units[at]?.id ?? '';
    const isShortcut = event.altKey || event.ctrlKey || event.metaKey;
    const next = isShortcut ? null : stepFor(event.key, at, units.length, page);
    if (next !== null) {
      setActive(next);
      virtual.scrollToIndex(next);
    } else if (event.key === ' ' || event.key === 'Enter') toggle(id);
    else if (event.key === 'c' && !event.ctrlKey && !event.metaKey) recolor(id);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div
      ref={scroller}
      className={classes.rows}
      role="listbox"
      aria-label={t('Sorted units')}
      aria-multiselectable
      aria-activedescendant={units.length === 0 ? undefined : `${prefix}${at}`}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      {units.length === 0 && <p className={classes.quiet}>{t('No unit is called so.')}</p>}
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }} role="presentation">
        {virtual.getVirtualItems().map(({ index, start }) => {
          const unit = units[index];
          if (unit === undefined) return null;
          const words = facts(unit, sites);
          return (
            <div
              key={unit.id}
              id={`${prefix}${index}`}
              role="option"
              aria-selected={shown.includes(unit.id)}
              aria-label={describe(unit, sites)}
              data-active={index === at ? '' : undefined}
              className={classes.row}
              style={{ height: ROW_PX, transform: `translateY(${start}px)` }}
              onClick={() => {
                setActive(index);
                toggle(unit.id);
              }}
            >
              {shown.includes(unit.id) ? (
                <IconSquareCheck size={16} aria-hidden />
              ) : (
                <IconSquare size={16} aria-hidden />
              )}
              <span
                className={classes.color}
                style={{ background: dataColor(colorOf(unit.id)) }}
                title={t('Another colour for {{name}} (C)', { name: unit.name })}
                onClick={(event) => {
                  event.stopPropagation();
                  recolor(unit.id);
                }}
                aria-hidden
              />
              <span className={classes.words}>
                <span className={classes.name} translate="no">
                  {unit.name}
                </span>
                <span className={classes.quiet} title={words}>
                  {words}
                </span>
              </span>
              <Thumbnail source={store.getState().source} unit={unit.id} color={dataColor(colorOf(unit.id))} />
            </div>
          );
        })}
      </div>
    </div>
  );
}

/** Follows what colours depend on only: the state as a whole changes with every move of the pointer. */
function useUnitColors(store: TraceStore): (id: string) => number {
  const info = useStore(store, (state) => state.info);
  const settings = useStore(store, (state) => state.settings);
  const units = useStore(store, (state) => state.units);
  return unitColorIndex({ info, settings, units });
}

/** `good · 12.3 /s · 250 µm · ai3`, and whose clock it comes from. */
function facts(unit: Unit, sites: ReadonlyMap<string, Site>): string {
  const depth = depthOf(unit, sites);
  const rate = unit.ratePerSec === null ? '' : t('{{rate}} /s', { rate: Number(unit.ratePerSec.toPrecision(3)) });
  const from = unit.carried
    ? unit.errorSec === null
      ? unit.device
      : t('{{device}} ±{{error}}', { device: unit.device, error: formatSeconds(unit.errorSec) })
    : '';
  const place = unit.carried ? '' : (unit.channels[0] ?? '');
  return [unit.quality, rate, depth === null ? '' : `${formatNumber(Math.round(depth))} µm`, place, from]
    .filter(Boolean)
    .join(' · ');
}

function describe(unit: Unit, sites: ReadonlyMap<string, Site>): string {
  return [unit.name, facts(unit, sites), plural(unit.spikes, '{{count}} spike', '{{count}} spikes')].join(', ');
}
