import type { Problem } from '../../shared/contract/common.ts';
import type { Epoch as EpochInfo } from '../../shared/contract/sessions.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { type DaqSystem, loadDaqSystems } from '../ndi/daq/daq-systems.ts';
import type { Epoch } from '../ndi/epochs/epoch.ts';
import { epochTable } from '../ndi/epochs/epoch-table.ts';
import type { Session } from '../ndi/session.ts';
import type { DataWorkers } from '../workers/data-workers.ts';

export interface SessionEpochs {
  readonly systems: readonly { readonly system: DaqSystem; readonly epochs: readonly Epoch[] }[];
  readonly epochs: readonly Epoch[];
  readonly problems: readonly Problem[];
}

/** The epochs of all DAQ systems of a session. What cannot be read is a problem, never an error. */
export async function sessionEpochs(
  session: Session,
  workers: DataWorkers,
  signal?: AbortSignal,
): Promise<SessionEpochs> {
  const { systems, problems } = loadDaqSystems(session);
  const devices = systems.map(({ name }) => name);
  const tables = await Promise.all(
    systems.map(async (system) => ({
      system,
      ...(await epochTable(
        session,
        system,
        (path) => workers.describe(path, signal),
        (address) => workers.describeImages(address, signal),
        devices,
      )),
    })),
  );
  signal?.throwIfAborted();
  return {
    systems: tables.map(({ system, epochs }) => ({ system, epochs })),
    epochs: tables.flatMap((table) => table.epochs),
    problems: [...problems, ...tables.flatMap((table) => table.problems)],
  };
}

/** An epoch as it crosses the wall: a time that is not known is null. */
export function epochInfo(epoch: Epoch): EpochInfo {
  return {
    epochId: epoch.epochId,
    number: epoch.number,
    device: epoch.device,
    files: [...epoch.files],
    clocks: epoch.clocks.map(({ type, t0, t1 }) => ({ type, t0: finiteOrNull(t0), t1: finiteOrNull(t1) })),
    probes: epoch.probeMap.map(({ name, reference, type, deviceString }) => ({ name, reference, type, deviceString })),
    ...(epoch.images === undefined ? {} : { images: true }),
    problems: [...epoch.problems],
  };
}

/**
 * The one epoch that is meant. The epoch is named by its id, or by its number in the DAQ system's table; where there is
 * one only, it needs no name.
 * @throws NdiError epoch.notFound, usage.invalid where more than one fits
 */
export function chooseEpoch(epochs: readonly Epoch[], device: string | undefined, epoch: string | undefined): Epoch {
  const ofDevice = epochs.filter((one) => device === undefined || sameText(one.device, device));
  if (device !== undefined && ofDevice.length === 0) throw noDevice(epochs, device);
  const byId = ofDevice.filter((one) => epoch === undefined || sameText(one.epochId, epoch));
  const fitting = byId.length > 0 ? byId : ofDevice.filter((one) => String(one.number) === epoch);
  const [found] = fitting;
  if (found === undefined) throw isNumber(epoch) ? outOfRange(ofDevice, epoch) : noEpoch(ofDevice, epoch);
  if (fitting.length > 1) throw severalFit(fitting);
  return found;
}

function isNumber(epoch: string | undefined): epoch is string {
  return epoch !== undefined && epoch.trim() !== '' && Number.isFinite(Number(epoch));
}

/** Numbers are whole and count from 1; NDI itself lets 0, negative and broken ones through to a worse error. */
function outOfRange(epochs: readonly Epoch[], epoch: string): NdiError {
  const most = epochs.reduce((last, one) => Math.max(last, one.number), 0);
  return new NdiError({
    code: 'epoch.notFound',
    message: `There is no epoch number ${epoch}.`,
    recovery: most === 0 ? 'The session has no epochs.' : `Use a whole number from 1 to ${most}, or an epoch’s id.`,
    details: { epoch, epochs: most },
  });
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

export function finiteOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

function noDevice(epochs: readonly Epoch[], device: string): NdiError {
  const names = [...new Set(epochs.map((one) => one.device))];
  return new NdiError({
    code: 'epoch.notFound',
    message: `The session has no epoch of a DAQ system named "${device}".`,
    recovery: names.length === 0 ? 'The session has no epochs.' : `Name one of ${names.join(', ')}.`,
    details: { device, devices: names },
  });
}

function noEpoch(epochs: readonly Epoch[], epoch: string | undefined): NdiError {
  return new NdiError({
    code: 'epoch.notFound',
    message: epoch === undefined ? 'The session has no epochs.' : `There is no epoch ${epoch}.`,
    recovery: 'List the epochs to see which there are.',
    details: { epoch: epoch ?? null, epochs: epochs.slice(0, 20).map((one) => one.epochId) },
  });
}

function severalFit(fitting: readonly Epoch[]): NdiError {
  const names = fitting.slice(0, 5).map((one) => `${one.device} / ${one.epochId}`);
  return new NdiError({
    code: 'usage.invalid',
    message: `${fitting.length} epochs could be meant: ${names.join(', ')}${fitting.length > 5 ? ', …' : ''}.`,
    recovery: 'Name the DAQ system (device) and the epoch.',
    details: { epochs: names },
  });
}
