import { NdiError } from '../../../shared/model/errors.ts';
import type { Command } from '../run.ts';
import { placeOf, type SessionOptions } from '../session-place.ts';

export const ingest: Command<SessionOptions> = async (run, [path = ''], options) => {
  const value = await run.callLong('Taking the recordings in', (client, signal) =>
    client.ingest.ingest(placeOf(run, path, options), { signal }),
  );
  const [first] = value.failed;
  // Some of several is a result that tells of the others; none at all is a failure.
  if (first !== undefined && value.epochs + value.already === 0) {
    throw new NdiError({
      code: 'format.unsupported',
      message: `No epoch could be taken in. ${first.device}, ${first.epochId}: ${first.reason}`,
      recovery: 'Look at the problems of the epochs with “ndi epochs”.',
      details: { failed: value.failed.map(({ epochId }) => epochId) },
    });
  }
  return {
    value,
    text: () =>
      [
        `${value.epochs} epochs taken into the database, ${value.already} were there already.`,
        ...value.failed.map(({ device, epochId, reason }) => `Left out: ${device}, ${epochId}: ${reason}`),
      ].join('\n'),
  };
};
