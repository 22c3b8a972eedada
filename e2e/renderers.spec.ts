import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';
import { installedBrowser } from '../build/commands/browser.mjs';
import { browserArguments } from './support/browser.ts';
import { copyOfDemo } from './support/demo.ts';
import { expect, test } from './support/door.ts';
import { canvasOf, demoRecording, durationField, ink, showTraces } from './support/traces.ts';

// Chromium draws WebGL by a program where there is no GPU, if it is told that this is wanted.
const executablePath = installedBrowser();
const args = [...browserArguments(), '--enable-unsafe-swiftshader', '--use-angle=swiftshader'];
test.use({ launchOptions: { args, ...(executablePath === null ? {} : { executablePath }) } });

/** Draws pictures by both surfaces and tells how far they are from each other. */
const comparison = `
import { createCanvasSurface } from './renderer/features/traces/draw/canvas-surface.ts';
import { createWebglSurface } from './renderer/features/traces/draw/webgl/webgl-surface.ts';

const [width, height, lanes] = [700, 400, 8];
const colors = [0xffb27200, 0xff0055d5, 0xff749e00];
const under = {
  background: 0xffffffff, grid: 0xffeeeeee, missing: 0xffbbbbbb,
  gridColumns: [100, 350, 600], hatched: [{ from: 200, to: 260 }, { from: 690, to: 720 }],
};

/** A frame of waves with noise; every so many-th value is none, and a run ends before the other begins. */
function makeFrame(mode, columns, holes) {
  let seed = 7;
  const noise = () => (seed = (seed * 16807) % 2147483647) / 2147483647 - 0.5;
  const half = Math.floor(columns / 2);
  const runs = [];
  const body = [];
  const channels = [];
  for (let lane = 0; lane < lanes; lane += 1) {
    const own = [];
    for (const [t0, count] of [[0, half - 20], [half / columns, columns - half]]) {
      const at = body.length;
      const values = Array.from({ length: count }, (_, index) => {
        if (holes && index % 37 === 5) return NaN;
        return Math.sin((index + at) / 23 + lane) * 40 + noise() * 25 + (index % 90 === 0 ? 400 : 0);
      });
      if (mode === 'envelope') body.push(...values.map((value) => value - 12 - 5 * Math.abs(noise())));
      body.push(...values);
      own.push({ t0, dt: 1 / columns, count, at });
    }
    channels.push({ name: 'ai' + lane, units: 'uV', mode, runs: own });
  }
  return { header: { t0: 0, t1: 1, columns, channels, samplesPerColumn: 10, level: 0, sampled: 0 }, body: Float32Array.from(body) };
}

function draw(surface, frame, view) {
  const canvas = new OffscreenCanvas(width, height);
  const target = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  surface.begin(width, height, under);
  frame.header.channels.forEach((channel, lane) => {
    surface.trace(frame, channel, {
      t0: view.t0, pixelsPerSecond: width / (view.t1 - view.t0), baseline: (lane + 0.5) * (height / lanes), centre: 3,
      pixelsPerUnit: (lane % 3 === 2 ? -1 : 1) * 0.31, color: colors[lane % 3], thickness: lane === 4 ? 2 : 1,
      fromX: lane === 5 ? 50 : 0, toX: lane === 5 ? 333 : width, smooth: view.smooth,
    });
  });
  if (!surface.present(target)) throw new Error('The picture was lost.');
  return target.getImageData(0, 0, width, height).data;
}

globalThis.compare = () => {
  const views = {
    'columns as wide as pixels': [makeFrame('envelope', width, false), { t0: 0, t1: 1, smooth: true }],
    'columns with holes, crisp': [makeFrame('envelope', width, true), { t0: 0, t1: 1, smooth: false }],
    'columns zoomed in': [makeFrame('envelope', width, true), { t0: 0.21, t1: 0.4, smooth: true }],
    'columns zoomed out': [makeFrame('envelope', 5000, false), { t0: -0.3, t1: 1.7, smooth: true }],
    'samples near': [makeFrame('samples', 90, true), { t0: 0.1, t1: 0.7, smooth: true }],
    'samples about a pixel': [makeFrame('samples', 900, true), { t0: 0, t1: 1, smooth: true }],
    'samples zoomed out': [makeFrame('samples', 900, false), { t0: -2, t1: 5, smooth: true }],
    'samples very near': [makeFrame('samples', 4000, false), { t0: 0.1, t1: 0.1005, smooth: true }],
  };
  return Object.entries(views).map(([name, [frame, view]]) => {
    const canvas = createCanvasSurface();
    const webgl = createWebglSurface({ refuseSlow: false });
    if (webgl === null) return { name, missing: true };
    const [a, b] = [draw(canvas, frame, view), draw(webgl, frame, view)];
    let [ink, different, sum] = [0, 0, 0];
    for (let at = 0; at < a.length; at += 4) {
      const far = Math.max(Math.abs(a[at] - b[at]), Math.abs(a[at + 1] - b[at + 1]), Math.abs(a[at + 2] - b[at + 2]));
      if (a[at] !== 255 || a[at + 1] !== 255 || a[at + 2] !== 255) ink += 1;
      if (far > 24) different += 1;
      sum += far;
    }
    canvas.release();
    webgl.release();
    return { name, missing: false, ink: ink / (width * height), different: different / Math.max(1, ink), mean: sum / (a.length / 4) };
  });
};
`;

test('WebGL and canvas 2D draw the same pictures', async ({ page }) => {
  const bundle = await build({
    stdin: { contents: comparison, resolveDir: fileURLToPath(new URL('..', import.meta.url)), loader: 'ts' },
    bundle: true,
    write: false,
    format: 'iife',
  });
  await page.goto('about:blank');
  await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? '' });
  const compare = () => (globalThis as unknown as { compare(): Compared[] }).compare();
  const compared = await page.evaluate(compare);
  expect(compared).toHaveLength(8);
  for (const { name, missing, ink: drawn, different, mean } of compared) {
    expect(missing, `${name}: WebGL2 is there`).toBe(false);
    expect(drawn, `${name}: something is drawn`).toBeGreaterThan(0.01);
    // Single precision moves a column's edge by a pixel now and then.
    expect(different, `${name}: share of pixels that differ`).toBeLessThan(0.01);
    expect(mean, `${name}: mean distance of 255`).toBeLessThan(0.5);
  }
});

interface Compared {
  readonly name: string;
  readonly missing: boolean;
  readonly ink: number;
  readonly different: number;
  readonly mean: number;
}

/** The picture as numbers, and how much two of them differ. */
async function pixelsOf(canvas: ReturnType<typeof canvasOf>): Promise<number[]> {
  return canvas.evaluate((element) => {
    const picture = element as HTMLCanvasElement;
    const copy = new OffscreenCanvas(picture.width, picture.height).getContext('2d', { willReadFrequently: true })!;
    copy.drawImage(picture, 0, 0);
    return [...new Uint32Array(copy.getImageData(0, 0, picture.width, picture.height).data.buffer)];
  });
}

/** The picture once nothing sharpens it any more. */
async function settledPixels(canvas: ReturnType<typeof canvasOf>): Promise<number[]> {
  let last = '';
  await expect
    .poll(
      async () => {
        const before = last;
        last = String((await ink(canvas)).hash);
        return before === last;
      },
      { intervals: [1000] },
    )
    .toBe(true);
  return pixelsOf(canvas);
}

test('the whole view is drawn by WebGL where it is wished, and goes on when its context is lost', async ({
  page,
  door,
}) => {
  // Contexts are made off the page: here they are kept for the test to take away.
  await page.addInitScript({
    content: `{
      const made = (globalThis.made = []);
      const original = OffscreenCanvas.prototype.getContext;
      OffscreenCanvas.prototype.getContext = function (...parts) {
        const context = original.apply(this, parts);
        if (context instanceof WebGL2RenderingContext) made.push(context);
        return context;
      };
    }`,
  });
  await page.reload();
  const path = await demoRecording('.ns5', await copyOfDemo(`${door.home}/renderers`));
  const canvas = await showTraces(page, door, path);
  await expect(canvas).toHaveAttribute('data-renderer', 'canvas');
  const byCanvas = await settledPixels(canvas);
  const wish = async (choice: string) => {
    await page.keyboard.press('Control+,');
    await page.getByRole('radiogroup', { name: 'Drawing of traces' }).getByText(choice, { exact: true }).click();
    await page.getByRole('tab', { name: /ns5/ }).click();
  };
  await wish('WebGL');
  await expect(canvas).toHaveAttribute('data-renderer', 'webgl');
  const byWebgl = await settledPixels(canvas);
  expect(byWebgl).toHaveLength(byCanvas.length);
  const far = (a: number, b: number) =>
    [0, 8, 16].some((shift) => Math.abs(((a >> shift) & 255) - ((b >> shift) & 255)) > 24);
  const different = byWebgl.filter((pixel, index) => far(pixel, byCanvas[index] ?? 0)).length;
  // Single precision, as above; of the pixels with ink fewer than one of a hundred.
  expect(different / byWebgl.length).toBeLessThan(0.01);

  await canvas.screenshot({ path: 'test-results/screens/traces-webgl.png' });
  const before = await ink(canvas);
  const lost = await page.evaluate(() => {
    const { made } = globalThis as unknown as { made: WebGL2RenderingContext[] };
    const alive = made.filter((context) => !context.isContextLost());
    for (const context of alive) context.getExtension('WEBGL_lose_context')?.loseContext();
    return alive.length;
  });
  // One view, one context: those of views that were hidden and of the probe were given back.
  expect(lost).toBe(1);
  expect((await ink(canvas)).hash).toBe(before.hash);
  await durationField(page).fill('100 ms');
  await durationField(page).press('Enter');
  await expect(canvas).toHaveAttribute('data-renderer', 'canvas');
  await expect.poll(async () => (await ink(canvas)).hash).not.toBe(before.hash);
  expect((await ink(canvas)).colors).toBeGreaterThan(3);
  await wish('As the machine is');
});
