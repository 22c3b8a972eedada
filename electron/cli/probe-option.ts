import type { SignalSource } from '../../shared/contract/recordings.ts';
import type { Epoch } from '../../shared/contract/sessions.ts';
import { NdiError } from '../../shared/model/errors.ts';
import { probeDevices } from '../../shared/model/probe-channels.ts';
import type { Run } from './run.ts';
import type { SourceOptions } from './source.ts';

/**
 * The channels of a probe in an epoch, in the order of its device string.
 * @param probe name and reference: `cortex|1`
 * @throws NdiError usage.invalid, epoch.notFound
 */
export async function probeSource(
  run: Run,
  given: string,
  probe: string,
  options: SourceOptions,
): Promise<{ source: SignalSource; channels: string }> {
  const path = run.path(given);
  const info = await run.call((client, signal) => client.items.info({ path }, { signal }));
  if (info.kind !== 'session') throw mistake(`${path} is not a session: it has no probes.`, 'Name a session.');
  const [name = '', reference = ''] = probe.split('|').map((part) => part.trim());
  const rows = info.epochs.flatMap((epoch) => {
    const devices = reference === '' ? [] : probeDevices(epoch.probes, name, Number(reference));
    if (devices.length === 0 || !isMeant(epoch, options)) return [];
    return [{ epoch, channels: devices.flatMap(({ channels }) => channels) }];
  });
  const [only, ...others] = rows;
  if (only === undefined) {
    const names = [...new Set(info.probes.map(({ name, reference }) => `${name}|${reference}`))];
    throw new NdiError({
      code: 'epoch.notFound',
      message: `No epoch that is meant was recorded with a probe “${probe}”.`,
      recovery: names.length === 0 ? 'The session has no probes.' : `There are the probes ${names.join(', ')}.`,
      details: { probe },
    });
  }
  if (others.length > 0) {
    const names = rows.slice(0, 10).map(({ epoch }) => `${epoch.device} ${epoch.epochId}`);
    throw mistake(
      `The probe “${probe}” was recorded in ${rows.length} epochs.`,
      `Choose with --epoch and --device: ${names.join(', ')}.`,
    );
  }
  return {
    source: { path, device: only.epoch.device, epoch: only.epoch.epochId },
    channels: only.channels.map(({ type, number }) => `${type}${number}`).join(','),
  };
}

function isMeant({ device, epochId, number }: Epoch, wanted: SourceOptions): boolean {
  if (wanted.device !== undefined && wanted.device.toLowerCase() !== device.toLowerCase()) return false;
  return wanted.epoch === undefined || wanted.epoch === epochId || wanted.epoch === String(number);
}

function mistake(message: string, recovery: string): NdiError {
  return new NdiError({ code: 'usage.invalid', message, recovery });
}
