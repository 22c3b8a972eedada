import { expect, it } from 'vitest';
import { noticeOf } from './notice.ts';

const transfer = { kind: 'transfer', title: 'Uploading mouse 12' } as const;
const job = { kind: 'job', title: 'Making a backup' } as const;

it.each([
  ['done', 'Done'],
  ['partly', 'Done in part'],
  ['failed', 'Failed'],
] as const)('tells of a transfer that is %s, and leads to the transfers', (state, body) => {
  const notice = noticeOf({ ...transfer, state }, false);
  expect(notice).toEqual({ title: 'Uploading mouse 12', body, command: 'cloud.transfers' });
});

it('tells of a job that was long, and leads to the jobs', () => {
  expect(noticeOf({ ...job, state: 'failed', tookMs: 30_000 }, false)).toEqual({
    title: 'Making a backup',
    body: 'Failed',
    command: 'view.jobs',
  });
  expect(noticeOf({ ...job, state: 'done', tookMs: 29_999 }, false)).toBeNull();
});

it('tells nothing to somebody who looks at the window, or who has ended it himself', () => {
  expect(noticeOf({ ...transfer, state: 'failed' }, true)).toBeNull();
  expect(noticeOf({ ...job, state: 'done', tookMs: 60_000 }, true)).toBeNull();
  expect(noticeOf({ ...transfer, state: 'cancelled' }, false)).toBeNull();
  expect(noticeOf({ ...job, state: 'cancelled', tookMs: 60_000 }, false)).toBeNull();
});
