import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { decodeViewFrame, type ViewFrame } from '../../../../shared/model/view-frame.ts';
import { client } from '../../../state/client.ts';
import { rest } from '../../../state/rest.ts';
import { useAnswer } from '../../../state/use-answer.ts';
import { t } from '../../../texts/translate.ts';
import { paintBackground } from '../draw/background.ts';
import { packColor, readPalette } from '../draw/palette.ts';
import { rasterise } from '../draw/rasterise.ts';
import { colorIndex } from '../model/colors.ts';
import { missingIn } from '../model/missing.ts';
import { clamped, span, zoomed } from '../model/range.ts';
import { shownTraces } from '../model/settings.ts';
import { frameStatistics } from '../model/statistics.ts';
import { channelsOf, goTo, type TraceStore } from '../trace-store.ts';
import { VisibleWindow } from './visible-window.tsx';
import classes from './overview.module.css';

/** Columns of the overview, whatever the width of the window: it is stretched. */
const COLUMNS = 1200;
/** The picture of the view itself comes first. */
const AFTER_MS = 300;
/** A picture that is sampled is asked for again. */
const SHARPEN_AFTER_MS = 500;

/** The whole epoch in a strip, with the visible window to be dragged. */
export function Overview({ store, visible }: { readonly store: TraceStore; readonly visible: boolean }) {
  const strip = useRef<HTMLDivElement>(null);
  const extent = useStore(store, (state) => state.extent);
  const first = useStore(store, (state) => shownTraces(state.info, state.settings)[0]?.name);
  const length = Math.max(span(extent), 1e-9);

  const timeAt = (clientX: number) => {
    const box = strip.current?.getBoundingClientRect();
    return box === undefined ? extent.t0 : extent.t0 + ((clientX - box.left) / Math.max(1, box.width)) * length;
  };
  const centreOn = (time: number) => {
    const { range } = store.getState();
    const movement = strip.current?.hasAttribute('data-moved') === true ? 'goesOn' : 'jump';
    goTo(store, clamped({ t0: time - span(range) / 2, t1: time + span(range) / 2 }, extent), movement);
    strip.current?.setAttribute('data-moved', '');
  };
  const release = () => {
    strip.current?.removeAttribute('data-grabbed');
    strip.current?.removeAttribute('data-moved');
  };

  return (
    <div
      ref={strip}
      className={classes.strip}
      onPointerDown={(event) => {
        const at = timeAt(event.clientX);
        const { range } = store.getState();
        const grabbed = at >= range.t0 && at <= range.t1 ? at - (range.t0 + range.t1) / 2 : 0;
        strip.current?.setPointerCapture(event.pointerId);
        strip.current?.setAttribute('data-grabbed', String(grabbed));
        if (grabbed === 0) centreOn(at);
      }}
      onPointerMove={(event) => {
        const grabbed = strip.current?.getAttribute('data-grabbed');
        if (typeof grabbed === 'string') centreOn(timeAt(event.clientX) - Number(grabbed));
      }}
      onPointerUp={release}
      onPointerCancel={release}
      onWheel={(event) => {
        const { range } = store.getState();
        goTo(store, zoomed(range, 1.25 ** (event.deltaY / 100), timeAt(event.clientX), extent), 'repeat');
      }}
    >
      {visible && first !== undefined && length > 1e-9 && (
        <WhatIsHere store={store}>
          <OverviewPicture store={store} channel={first} />
        </WhatIsHere>
      )}
      <VisibleWindow store={store} />
    </div>
  );
}

/** The whole of what lies in NDI Cloud is fetched when it is asked for, not to draw a strip. */
function WhatIsHere({ store, children }: { readonly store: TraceStore; readonly children: React.ReactNode }) {
  const inCloud = useStore(store, (state) => state.info.inCloud === true);
  const [asked, setAsked] = useState(false);
  if (!inCloud || asked) return children;
  return (
    <span className={classes.inCloud}>
      <button type="button" onPointerDown={(event) => event.stopPropagation()} onClick={() => setAsked(true)}>
        {t('The epoch lies in NDI Cloud; fetch all of it for the overview')}
      </button>
    </span>
  );
}

function OverviewPicture({ store, channel }: { readonly store: TraceStore; readonly channel: string }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const colorScheme = useComputedColorScheme('light');
  const answer = useAnswer(
    channel,
    async (signal) => {
      await rest(AFTER_MS, signal);
      const { source, extent } = store.getState();
      const request = { source, channels: channel, t0: extent.t0, t1: extent.t1, columns: COLUMNS, sketch: true };
      return decodeViewFrame(await client.signals.view(request, { signal }));
    },
    { keepLast: true },
  );
  const frame = answer.value;
  const { reload } = answer;
  useEffect(() => {
    if (frame === undefined || frame.header.sampled === 0) return;
    const timer = setTimeout(reload, SHARPEN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [frame, reload]);
  useEffect(() => {
    if (canvas.current !== null && frame !== undefined) paint(canvas.current, store, frame);
  }, [store, frame, colorScheme]);
  return <canvas ref={canvas} width={COLUMNS} height={32} className={classes.picture} aria-hidden />;
}

function paint(canvas: HTMLCanvasElement, store: TraceStore, frame: ViewFrame): void {
  const context = canvas.getContext('2d');
  const channel = frame.header.channels[0];
  if (context === null || channel === undefined) return;
  const { extent, info, settings } = store.getState();
  const image = new ImageData(canvas.width, canvas.height);
  const plane = { pixels: new Uint32Array(image.data.buffer), width: image.width, height: image.height };
  const palette = readPalette();
  const perSecond = plane.width / Math.max(span(extent), 1e-9);
  const colors = { background: packColor(palette.background), grid: 0, missing: packColor(palette.missing) };
  const hatched = missingIn(extent, info.segments, 1 / perSecond).map(({ t0, t1 }) => ({
    from: Math.round((t0 - extent.t0) * perSecond),
    to: Math.round((t1 - extent.t0) * perSecond),
  }));
  paintBackground(plane, colors, [], hatched);
  const found = frameStatistics(frame).get(channelsOf(frame).has(channel.name) ? channel.name : '');
  const color = palette.data[colorIndex(info, settings)(channel.name)] ?? palette.axis;
  rasterise(plane, channel, frame.body, {
    t0: extent.t0,
    pixelsPerSecond: perSecond,
    baseline: plane.height / 2,
    centre: found === undefined ? 0 : (found.min + found.max) / 2,
    pixelsPerUnit: (plane.height - 4) / Math.max(1e-12, (found?.max ?? 1) - (found?.min ?? 0)),
    color: packColor(color),
    thickness: 1,
    fromX: 0,
    toX: plane.width,
    smooth: true,
  });
  context.putImageData(image, 0, 0);
}
