import { expect, it } from 'vitest';
import { NdiError, toErrorReport } from '../../../shared/model/errors.ts';
import { takingBack } from './taking-back.ts';

const full = new NdiError({ code: 'path.noSpace', message: 'The disk is full.', recovery: 'Free some space.' });
const changed = new NdiError({ code: 'edit.conflict', message: 'It was changed.', recovery: 'Look at it.' });

it('what failed is thrown where it could be taken back', async () => {
  expect(await takingBack(full, () => Promise.resolve())).toBe(full);
});

it('tells both where taking back fails as well, the first reason first', async () => {
  const report = toErrorReport(await takingBack(full, () => Promise.reject(changed)));
  expect(report).toMatchObject({ code: 'path.noSpace', details: { takeBack: 'edit.conflict' } });
  expect(report.message).toMatch(/^The disk is full\. .* could not be taken back: It was changed\.$/);
  expect(report.recovery).toBe('Look at it. Then: Free some space.');
});
