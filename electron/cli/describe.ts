import type { Problem } from '../../shared/contract/common.ts';
import type { ScanResult } from '../../shared/contract/imports.ts';
import type { Channel, RecordingInfo } from '../../shared/contract/recordings.ts';
import type { DatasetInfo, Epoch, ItemInfo, Probe, SessionInfo } from '../../shared/contract/sessions.ts';
import { paint } from './paint.ts';
import { facts, formatNumber, printable, sections, table } from './tables.ts';

/** What a path is and holds, in words. */
export function describeItem(info: ItemInfo): string {
  switch (info.kind) {
    case 'session':
      return describeSession(info);
    case 'dataset':
      return describeDataset(info);
    case 'recording':
      return describeRecording(info);
    case 'folder':
      return sections(
        facts([
          ['Folder', info.path],
          ['Entries', info.entries],
        ]),
        'It is neither a session nor a recording. “ndi scan” looks for recordings in it.',
        describeProblems(info.problems),
      );
  }
}

function describeSession(info: SessionInfo): string {
  return sections(
    facts([
      ['Session', info.reference],
      ['Id', info.id],
      ['Path', info.path],
      ['Subjects', info.subjects.map((subject) => subject.localIdentifier).join(', ')],
      ['Documents', info.documents.total],
    ]),
    describeClasses(info.documents.byClass),
    info.daqSystems.length === 0
      ? ''
      : table(
          ['DAQ system', 'Reader', 'Epochs'],
          info.daqSystems.map((daq) => [daq.name, daq.reader, daq.epochs]),
        ),
    info.probes.length === 0 ? '' : describeProbes(info.probes),
    info.epochs.length === 0 ? '' : describeEpochs(info.epochs),
    describeProblems(info.problems),
  );
}

function describeDataset(info: DatasetInfo): string {
  return sections(
    facts([
      ['Dataset', info.reference],
      ['Id', info.id],
      ['Path', info.path],
      ['Documents', info.documents.total],
    ]),
    table(
      ['Session', 'Documents', 'Kept', 'Id'],
      info.sessions.map((session) => [
        session.reference,
        session.documents,
        session.linked ? 'linked' : 'inside',
        session.id,
      ]),
    ),
    describeClasses(info.documents.byClass),
    describeProblems(info.problems),
  );
}

function describeRecording(info: RecordingInfo): string {
  const first = info.extent ?? info.segments[0];
  const last = info.extent ?? info.segments.at(-1);
  return sections(
    facts([
      ['Recording', `${info.formatName} ${info.version}`.trim()],
      ['Device', info.device],
      ...info.files.map((file, at): [string, string] => [at === 0 ? 'Files' : '', file]),
      ['Started', info.startedAt],
      ['Time', first && last ? `${formatNumber(first.t0)} s to ${formatNumber(last.t1)} s` : null],
      ['Segments', info.segments.length],
    ]),
    table(
      ['Channel', 'Type', 'Label', 'Units', 'Rate (Hz)', 'Samples'],
      info.channels.map((channel) => [
        channel.name,
        channel.type,
        channel.label,
        channel.units,
        ...amount(channel, info),
      ]),
    ),
    describeProblems(info.problems),
  );
}

function amount(channel: Channel, info: RecordingInfo): [string | number, string | number] {
  if (channel.sampleRate !== null) return [channel.sampleRate, channel.samples ?? 0];
  return ['', `${info.events[channel.name] ?? 0} events`];
}

function describeClasses(byClass: Readonly<Record<string, number>>): string {
  const rows = Object.entries(byClass);
  return rows.length === 0 ? '' : table(['Class', 'Documents'], rows);
}

export function describeEpochs(epochs: readonly Epoch[]): string {
  return table(
    ['Epoch', 'Device', 'No.', 'Clocks', 'Probes', 'Files'],
    epochs.map((epoch) => [
      epoch.epochId,
      epoch.device,
      epoch.number,
      epoch.clocks.map(({ type, t0, t1 }) => `${type} ${span(t0, t1)}`.trim()).join('; '),
      epoch.probes.map((probe) => `${probe.name} | ${probe.reference}`).join(', '),
      epoch.files.map((file) => file.split(/[\\/]/).at(-1) ?? file).join(', '),
    ]),
  );
}

function span(t0: number | null, t1: number | null): string {
  return t0 === null || t1 === null ? '' : `${formatNumber(t0)}–${formatNumber(t1)} s`;
}

export function describeProbes(probes: readonly Probe[]): string {
  return table(
    ['Probe', 'Reference', 'Type', 'Subject', 'Epochs', 'Id'],
    probes.map((probe) => [probe.name, probe.reference, probe.type, probe.subject, probe.epochs, probe.id ?? '']),
  );
}

export function describeScan(scan: ScanResult): string {
  const size = `${scan.filesSeen} files seen in ${formatNumber(scan.elapsedMs / 1000)} s`;
  if (scan.recordings.length === 0)
    return sections(`No recordings in ${printable(scan.folder)} (${size}).`, describeProblems(scan.problems));
  return sections(
    table(
      ['Recording', 'Format', 'Epoch', 'Device', 'Channels', 'Rate (Hz)', 'Seconds'],
      scan.recordings.map((recording) => [
        recording.files[0]?.split(/[\\/]/).at(-1) ?? '',
        recording.formatName,
        recording.epoch,
        recording.device,
        recording.channels,
        recording.sampleRate ?? '',
        recording.duration,
      ]),
    ),
    `${scan.recordings.length} recordings in ${scan.epochs.length} epochs; ${scan.skipped.reduce((sum, one) => sum + one.files, 0)} files skipped; ${size}.`,
    describeProblems(scan.problems),
  );
}

const grades = { blocks: 'blocks', shouldFix: 'should fix', note: 'note' } as const;

export function describeProblems(problems: readonly Problem[]): string {
  return problems
    .map((problem) => {
      const grade = paint(problem.grade === 'blocks' ? 'red' : 'yellow', grades[problem.grade]);
      return `${grade}: ${printable(problem.message)}${problem.paths.map((path) => `\n  ${printable(path)}`).join('')}`;
    })
    .join('\n');
}
