import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { copyOfDemo, demoSession } from './support/demo.ts';
import { axe, expect, screenshot, test } from './support/door.ts';
import { pngSize, savedBy } from './support/saved.ts';
import { openSession } from './support/session-page.ts';

/** Takes the subject out of a session's database, and leaves whatever depends on it. */
function loseSubject(path: string): void {
  const database = new DatabaseSync(join(path, '.ndi', 'did-sqlite.sqlite'));
  const [row] = database.prepare(`SELECT doc_idx FROM docs WHERE json_code LIKE '%"subject":%local_identifier%'`).all();
  const index = Number(row?.['doc_idx']);
  for (const table of ['files', 'doc_data', 'branch_docs', 'docs'])
    database.prepare(`DELETE FROM ${table} WHERE doc_idx = ?`).run(index);
  database.close();
}

test('the graph around a document grows, is a list too, and finds what is missing elsewhere', async ({
  page,
  door,
}) => {
  const whole = (await demoSession()).path;
  const path = await copyOfDemo(join(door.home, 'graph'));
  loseSubject(path);
  await openSession(page, door, whole);
  const session = await openSession(page, door, path);
  await session.getByRole('button', { name: 'Browse the documents' }).click();
  const documents = page.locator('[data-panel-kind="documents"]:visible');
  await documents
    .getByRole('listbox', { name: 'Classes of documents' })
    .getByRole('option', { name: /^element \d/ })
    .click();
  const list = documents.getByRole('grid', { name: 'Documents' });
  await list.getByRole('row', { name: 'cortex | 1' }).click();
  await expect(documents.getByRole('button', { name: 'Graph' })).toBeVisible();
  await list.press('g');

  const graph = page.locator('[data-panel-kind="graph"]:visible');
  const tools = graph.getByRole('toolbar', { name: 'Dependency graph' });
  const boxes = graph.locator('.react-flow__node');
  await expect(boxes.first()).toBeVisible();
  const before = await boxes.count();
  expect(before).toBeGreaterThan(2);
  await screenshot(page, 'document-graph');
  await axe(page, '[data-panel-kind="graph"]');

  await boxes
    .getByRole('button', { name: /^Show \d+ more around it$/ })
    .first()
    .click();
  await expect.poll(() => boxes.count()).toBeGreaterThan(before);

  // NDI leaves the names of such documents empty: what tells them apart names them.
  await expect(boxes.filter({ hasText: 'cortex | 1' }).first()).toBeVisible();

  // All of it as a picture, whatever is in sight: texts as texts.
  const count = await boxes.count();
  await boxes.first().focus();
  const drawing = await savedBy(page, () => page.keyboard.press('d'));
  expect(drawing.name).toMatch(/^cortex_1_graph\.svg$/);
  const svg = drawing.bytes.toString();
  expect(svg.match(/rx="6"/g)).toHaveLength(count);
  expect(svg).toContain('>cortex | 1</text>');
  expect(svg).toContain(`Source: ${path}`);
  expect(svg).not.toContain('var(');
  await tools.getByRole('button', { name: 'Export' }).click();
  const save = page.getByRole('menuitem', { name: 'Save the graph of documents as PNG' });
  const picture = await savedBy(page, () => save.click());
  const width = Number(/width="([\d.]+)"/.exec(svg)?.[1]);
  expect(pngSize(picture.bytes)?.width).toBeGreaterThan(width);

  // The subject is named by the element and is not here.
  const missing = graph.getByRole('group', { name: /^Missing document/ });
  await expect(missing).toHaveCount(1);
  await missing.click();
  await tools.getByRole('button', { name: 'Find it' }).click();
  await expect(page.getByText('The missing document is in “sample-experiment”')).toBeVisible();

  await tools.getByText('List', { exact: true }).click();
  const rows = graph.getByRole('grid', { name: 'Documents around this one' }).getByRole('row');
  await expect(rows.filter({ hasText: 'missing' })).toHaveCount(1);
  await page.emulateMedia({ colorScheme: 'dark' });
  await screenshot(page, 'document-graph-list-dark');
});
