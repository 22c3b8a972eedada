/** Opens the indexes of many databases at the same moments as other processes that run this. Prints what was wrong. */
import { once } from 'node:events';
import { join } from 'node:path';
import { openIndexAt, openIndexFile } from '../index-file.ts';

const [root = '', rounds = '0'] = process.argv.slice(2);
const EVERY_MS = 25;

process.stdout.write('ready\n');
const [start] = (await once(process.stdin, 'data')) as [Buffer];
const wrong: string[] = [];
for (let round = 0; round < Number(rounds); round += 1) {
  const at = Number(String(start)) + round * EVERY_MS;
  while (Date.now() < at);
  try {
    const { database, path } = openIndexFile(join(root, 'indexes'), join(root, String(round), 'did-sqlite.sqlite'));
    const other = openIndexAt(path);
    database.prepare('INSERT INTO state VALUES (?, 1)').run(`process ${process.pid}`);
    const seen = other.prepare('SELECT 1 FROM state WHERE key = ?').get(`process ${process.pid}`);
    if (seen === undefined) wrong.push(`${round}: not the same file`);
    database.close();
    other.close();
  } catch (error) {
    wrong.push(`${round}: ${String(error)}`);
  }
}
process.stdout.write(`${JSON.stringify(wrong)}\n`);
