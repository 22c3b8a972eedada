// Draws icon.svg in every size that the systems want: icon.png, icon.ico, icon.icns. The results are committed; run it
// (node build/packaging/make-icons.mjs) after a change of icon.svg. A browser does the drawing.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { installedBrowser } from '../commands/browser.mjs';
import { icns, icnsTypes, ico, icoSizes } from './icon-files.mjs';

const folder = import.meta.dirname;
const svg = readFileSync(join(folder, 'icon.svg'), 'utf8');
const executablePath = installedBrowser() ?? undefined;
const browser = await chromium.launch({ executablePath, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
const page = await browser.newPage();
const images = new Map();
for (const size of new Set([...icoSizes, ...Object.values(icnsTypes)])) {
  await page.setViewportSize({ width: size, height: size });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: ${size}px }</style>${svg}`);
  images.set(size, await page.screenshot({ omitBackground: true }));
}
await browser.close();
const png = (size) => images.get(size);
writeFileSync(join(folder, 'icon.png'), png(512));
writeFileSync(join(folder, 'icon.ico'), ico(png));
writeFileSync(join(folder, 'icon.icns'), icns(png));
