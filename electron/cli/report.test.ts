import { afterEach, describe, expect, it, vi } from 'vitest';
import { type ErrorReport, NdiError, toErrorReport } from '../../shared/model/errors.ts';
import { tellFailure } from './report.ts';

function told(error: ConstructorParameters<typeof NdiError>[0]): ErrorReport {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  tellFailure(toErrorReport(new NdiError(error)), true);
  return (JSON.parse(String(write.mock.lastCall?.[0])) as { error: ErrorReport }).error;
}

afterEach(() => vi.restoreAllMocks());

describe('a failure on the command line', () => {
  it('adds the command line’s own way on to a sentence that every door shows', () => {
    const details = { here: 20, there: 5, consent: 'typed' };
    const { recovery } = told({ code: 'sync.consentNeeded', message: 'It deletes.', recovery: 'Look.', details });
    expect(recovery).toBe('Look. To agree, give --yes --max-deletions 25.');
    const sessions = { sessions: ['guest (linked)'] };
    const open = told({ code: 'session.notIngested', message: 'Not yet.', recovery: 'Ingest.', details: sessions });
    expect(open.recovery).toBe('Ingest. “ndi cloud upload --take-in” does both, then sends.');
  });

  it('leaves other sentences as they are', () => {
    expect(told({ code: 'path.missing', message: 'Gone.', recovery: 'Choose another.' }).recovery).toBe(
      'Choose another.',
    );
  });
});
