// Time to draw dense traces on canvas 2D in Chromium without a GPU: script of one redraw, the fastest and the median
// of many, beside the same picture drawn with the canvas's own paths and by uPlot in the same run.
// Targets: 384 traces x 2,000 columns within a frame (16 ms), 64 traces x 4,000 at most half of what uPlot takes.
import { build } from 'esbuild';
import { launchBrowser } from './browser-page.ts';

const page = `
import { paintBackground } from './renderer/features/traces/draw/background.ts';
import { rasterise } from './renderer/features/traces/draw/rasterise.ts';
import uPlot from 'uplot';

globalThis.measure = async (channels, columns, width, height, mode) => {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false });
  const image = new ImageData(width, height);
  const plane = { pixels: new Uint32Array(image.data.buffer), width, height };
  const per = mode === 'envelope' ? 2 : 1;
  const body = new Float32Array(channels * columns * per);
  let seed = 1;
  const noise = () => (seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5;
  for (let c = 0; c < channels; c += 1) {
    for (let i = 0; i < columns; i += 1) {
      const value = Math.sin(i / 40 + c) * 40 + noise() * 30;
      const at = c * columns * per + i;
      body[at] = value - (per === 2 ? 15 : 0);
      if (per === 2) body[at + columns] = value + 15;
    }
  }
  const lane = height / channels;
  const times = [];
  const pathTimes = [];
  const paths = new OffscreenCanvas(width, height).getContext('2d', { alpha: false, willReadFrequently: true });
  for (let round = 0; round < 60; round += 1) {
    const start = performance.now();
    paintBackground(plane, { background: 0xffffffff, grid: 0xffeeeeee, missing: 0xffcccccc }, [100, 300, 500], []);
    for (let c = 0; c < channels; c += 1) {
      const channel = { name: '', units: '', mode, runs: [{ t0: 0, dt: 1 / columns, count: columns, at: c * columns * per }] };
      rasterise(plane, channel, body, {
        t0: 0, pixelsPerSecond: width, baseline: (c + 0.5) * lane, centre: 0, pixelsPerUnit: lane / 120,
        color: 0xffb27200, thickness: 1, fromX: 0, toX: width, smooth: lane >= 6,
      });
    }
    context.putImageData(image, 0, 0);
    times.push(performance.now() - start);
    if (round % 6 === 0) pathTimes.push(drawPaths(paths, channels, columns, per, body, lane));
  }
  times.sort((a, b) => a - b);
  pathTimes.sort((a, b) => a - b);
  const peer = await drawUplot(channels, columns, width, height, per, body);
  return { fastest: times[0], median: times[30], paths: pathTimes[0], uplot: peer };
};

/** The same lines by uPlot, one above the other: its redraws alone, without axes, legend and cursor. */
async function drawUplot(channels, columns, width, height, per, body) {
  const x = Float64Array.from({ length: columns }, (_, i) => i);
  const data = [x];
  for (let c = 0; c < channels; c += 1) {
    const at = c * columns * per;
    data.push(Float64Array.from({ length: columns }, (_, i) => body[at + i] + (channels - c) * 120));
  }
  const series = [{}, ...Array.from({ length: channels }, () => ({ stroke: '#0072b2', width: 1, points: { show: false } }))];
  const place = document.createElement('div');
  document.body.append(place);
  const ratio = devicePixelRatio;
  const plot = new uPlot({
    width: width / ratio, height: height / ratio, series, axes: [{ show: false }, { show: false }],
    legend: { show: false }, cursor: { show: false }, scales: { x: { time: false } },
  }, data, place);
  const times = [];
  const context = plot.ctx;
  for (let round = 0; round < 12; round += 1) {
    const start = performance.now();
    // It draws in a microtask, and only what is new; as below, reading a pixel waits for what was asked for.
    plot.setData(data);
    await new Promise((resolve) => queueMicrotask(resolve));
    context.getImageData(0, 0, 1, 1);
    times.push(performance.now() - start);
  }
  plot.destroy();
  place.remove();
  times.sort((a, b) => a - b);
  return times[0];
}

/** The plain way: one path a channel, a line from sample to sample or from minimum to maximum. */
function drawPaths(context, channels, columns, per, body, lane) {
  const start = performance.now();
  const { width, height } = context.canvas;
  context.fillStyle = '#fff';
  context.fillRect(0, 0, width, height);
  context.strokeStyle = '#0072b2';
  for (let c = 0; c < channels; c += 1) {
    const baseline = (c + 0.5) * lane;
    const at = c * columns * per;
    context.beginPath();
    for (let i = 0; i < columns; i += 1) {
      const x = ((i + 0.5) * width) / columns;
      context.lineTo(x, baseline - (body[at + i] * lane) / 120);
      if (per === 2) context.lineTo(x, baseline - (body[at + columns + i] * lane) / 120);
    }
    context.stroke();
  }
  // Canvases draw when they must: reading a pixel waits for it.
  context.getImageData(0, 0, 1, 1);
  return performance.now() - start;
}
`;

const bundle = await build({
  stdin: { contents: page, resolveDir: new URL('..', import.meta.url).pathname, loader: 'ts' },
  bundle: true,
  write: false,
  format: 'iife',
});
const browser = await launchBrowser();
try {
  const tab = await browser.newPage();
  await tab.addScriptTag({ content: bundle.outputFiles[0]?.text ?? '' });
  const cases = [
    [64, 4000, 1600, 900, 'samples'],
    [64, 4000, 4000, 1000, 'envelope'],
    [384, 2000, 2000, 1000, 'envelope'],
  ] as const;
  for (const [channels, columns, width, height, mode] of cases) {
    const { fastest, median, paths, uplot } = await tab.evaluate(
      ([a, b, c, d, e]) =>
        (
          globalThis as unknown as {
            measure(...parts: unknown[]): Record<'fastest' | 'median' | 'paths' | 'uplot', number>;
          }
        ).measure(a, b, c, d, e),
      [channels, columns, width, height, mode] as const,
    );
    const what = `${channels} x ${columns} ${mode} on ${width} x ${height} pixels`;
    process.stdout.write(
      `${what.padEnd(48)} fastest ${fastest.toFixed(1)} ms, median ${median.toFixed(1)} ms; ` +
        `canvas paths ${paths.toFixed(1)} ms, uPlot ${uplot.toFixed(1)} ms: ours is ${(fastest / uplot).toFixed(2)} of uPlot\n`,
    );
  }
} finally {
  await browser.close();
}
