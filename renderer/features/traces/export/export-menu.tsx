import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useStore } from 'zustand';
import { fileNameOf, saveFile } from '../../../components/save-file.ts';
import { showError, showMessage } from '../../../state/messages.ts';
import { t } from '../../../texts/translate.ts';
import { CheckItem } from '../check-item.tsx';
import { readPalette } from '../draw/palette.ts';
import { shownEvents, shownTraces } from '../model/settings.ts';
import type { TraceStore } from '../trace-store.ts';
import { linesOnClock } from './on-clock.ts';
import { provenance, visibleLines } from './visible.ts';
import { visibleMarks } from './visible-marks.ts';
import { linesToSvg, toCsv, toParquet } from './write.ts';
import { toCode, type CodeLanguage } from './write-code.ts';

interface ExportMenuProps {
  readonly store: TraceStore;
  /** What is shown, for the names of files. */
  readonly title: string;
}

/** Takes along what is seen: as a picture, as numbers, or as code, each with a note of where it comes from. */
export function ExportMenu({ store, title }: ExportMenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const nothing = useStore(store, ({ info, settings }) => {
    return shownTraces(info, settings).length + shownEvents(info, settings).length + settings.units.shown.length === 0;
  });
  const [clock, setClock] = useState('');
  const others = useStore(store, (state) => state.others).flatMap(({ device, times }) =>
    times === null ? [] : [{ key: `${device}/${times.to.clock}`, device, times }],
  );
  const times = others.find(({ key }) => key === clock)?.times ?? null;
  const lines = () => linesOnClock(visibleLines(store.getState()), times);
  const marks = async () => linesOnClock(await visibleMarks(store.getState()), times);
  const numbers = async () => [...lines(), ...(await marks())];
  const saveAs = (
    ending: string,
    type: string,
    make: (notes: string[]) => Promise<string | Blob>,
    isPicture = false,
  ) => {
    void attempt(async () => {
      const made = await make(await provenance(store.getState(), isPicture ? null : times));
      saveFile(made instanceof Blob ? made : new Blob([made], { type }), `${fileNameOf(title) || 'traces'}.${ending}`);
    });
  };
  const copy = (language: CodeLanguage) => {
    void attempt(async () => {
      const notes = await provenance(store.getState(), times);
      await navigator.clipboard.writeText(toCode({ lines: lines(), marks: await marks() }, notes, language));
      showMessage({ tone: 'success', title: t('Copied') });
    });
  };
  return (
    <Menu position="bottom-end" disabled={nothing}>
      <Menu.Target>
        <Tooltip label={t('Export what is visible')}>
          <ActionIcon ref={button} aria-label={t('Export what is visible')} disabled={nothing}>
            <IconDownload size={16} />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => saveAs('png', 'image/png', (notes) => picture(button.current, notes), true)}>
          {t('Picture (PNG)')}
        </Menu.Item>
        <Menu.Item
          onClick={() =>
            saveAs(
              'svg',
              'image/svg+xml',
              async (notes) => {
                const state = store.getState();
                return linesToSvg(visibleLines(state), await visibleMarks(state), notes, state.range, readPalette());
              },
              true,
            )
          }
        >
          {t('Drawing (SVG)')}
        </Menu.Item>
        <Menu.Item onClick={() => saveAs('csv', 'text/csv', async (notes) => toCsv(await numbers(), notes))}>
          {t('Numbers (CSV)')}
        </Menu.Item>
        <Menu.Item
          onClick={() =>
            saveAs('parquet', 'application/vnd.apache.parquet', async (notes) => {
              return new Blob([await toParquet(await numbers(), notes)]);
            })
          }
        >
          {t('Numbers (Parquet)')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item onClick={() => copy('matlab')}>{t('Copy as MATLAB')}</Menu.Item>
        <Menu.Item onClick={() => copy('python')}>{t('Copy as Python')}</Menu.Item>
        <Menu.Item onClick={() => copy('plotly')}>{t('Copy as plotly figure')}</Menu.Item>
        {others.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Label>{t('Times of numbers and code')}</Menu.Label>
            <CheckItem
              kind="menuitemradio"
              checked={times === null}
              label={t('On the device’s own clock')}
              onClick={() => setClock('')}
            />
            {others.map(({ key, device, times: { to } }) => (
              <CheckItem
                key={key}
                kind="menuitemradio"
                checked={key === clock}
                label={t('On {{clock}} of {{device}}', { clock: to.clock, device })}
                onClick={() => setClock(key)}
              />
            ))}
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (thrown) {
    showError(thrown);
  }
}

const NOTE_LINE_PX = 14;

/** The traces as they are drawn, with the notes below. */
async function picture(within: Element | null, notes: readonly string[]): Promise<Blob> {
  const view = within?.closest('[data-trace-view]');
  const drawn = view?.querySelector<HTMLCanvasElement>('[data-testid="traces-canvas"]') ?? null;
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d');
  if (drawn === null || context === null) throw new Error('There is no picture.');
  const ratio = window.devicePixelRatio;
  const palette = readPalette();
  canvas.width = drawn.width;
  canvas.height = drawn.height + Math.ceil((notes.length * NOTE_LINE_PX + 8) * ratio);
  context.fillStyle = palette.background;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.drawImage(drawn, 0, 0);
  context.scale(ratio, ratio);
  context.font = `10px ${getComputedStyle(drawn).fontFamily}`;
  context.fillStyle = palette.axis;
  notes.forEach((note, index) => context.fillText(note, 4, drawn.height / ratio + NOTE_LINE_PX * (index + 1)));
  return await new Promise((resolve, reject) => {
    canvas.toBlob((blob) => (blob === null ? reject(new Error('The picture could not be made.')) : resolve(blob)));
  });
}
