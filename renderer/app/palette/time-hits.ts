import { useViewedWindows, type ViewedWindow } from '../../state/viewed-windows.ts';
import { formatSeconds, t } from '../../texts/translate.ts';
import { basename } from '../../state/paths.ts';
import type { PaletteHit } from './palette-hits.ts';

/** Ways to a typed time in each view of signals that is on the screen: of its own clock, or of the device that is named. */
export function timeHits(text: string): { readonly hits: readonly PaletteHit[]; readonly nothing: string } {
  const { windows } = useViewedWindows.getState();
  if (windows.length === 0) return { hits: [], nothing: t('Show the signals of an epoch to go to a time in them') };
  const hits = windows.flatMap((viewed, at) => {
    const time = viewed.timeOf(text);
    return time === undefined ? [] : [hitOf(viewed, time, at)];
  });
  return { hits, nothing: t('Write a time as 12.5 s, 12:03.250, or 12:03.250 and the name of a device') };
}

function hitOf(viewed: ViewedWindow, time: number, at: number): PaletteHit {
  const { path, device, epoch } = viewed.source;
  return {
    id: `time:${at}`,
    title: t('Go to {{time}}', { time: formatSeconds(time) }),
    detail: [basename(path), device, epoch].filter(Boolean).join(' · '),
    shortcut: '',
    data: true,
    run: () => {
      const { t0, t1 } = viewed.range();
      viewed.goTo({ t0: time, t1: time + t1 - t0 }, false);
    },
  };
}
