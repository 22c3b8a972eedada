import type { MeterReading } from '../../../ndi/cloud/transfer/meter.ts';

/** What of a reading outlasts its attempt: files that were on their way are sent again. */
export function settled(reading: MeterReading): MeterReading {
  const underWay = reading.moving.reduce((sum, { done }) => sum + done, 0);
  return { ...reading, bytesDone: reading.bytesDone - underWay, rate: 0, moving: [] };
}

/**
 * How far a transfer is over all its attempts: each counts only what was left for it.
 * @param before what earlier attempts have settled
 */
export function together(before: MeterReading, now: MeterReading): MeterReading {
  // Until this attempt knows what is left, the whole is what it was.
  const total = (whole: number, done: number, left: number) => Math.max(whole, done + left);
  return {
    ...now,
    documents: total(before.documents, before.documentsDone, now.documents),
    documentsDone: before.documentsDone + now.documentsDone,
    files: total(before.files, before.filesDone, now.files),
    filesDone: before.filesDone + now.filesDone,
    bytes: total(before.bytes, before.bytesDone, now.bytes),
    bytesDone: before.bytesDone + now.bytesDone,
  };
}

/** Of what is done nothing is left; what had arrived just before its process was killed was counted by no attempt. */
export function complete(reading: MeterReading): MeterReading {
  return { ...reading, documentsDone: reading.documents, filesDone: reading.files, bytesDone: reading.bytes };
}

/** By bytes where files travel, else by documents. */
export function fractionOf({ bytes, bytesDone, documents, documentsDone }: MeterReading): number | null {
  if (bytes > 0) return Math.min(1, bytesDone / bytes);
  return documents > 0 ? Math.min(1, documentsDone / documents) : null;
}
