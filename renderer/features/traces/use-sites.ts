import type { SignalSource } from '../../../shared/contract/recordings.ts';
import { client } from '../../state/client.ts';
import { useItem } from '../../state/items.ts';
import { useAnswer } from '../../state/use-answer.ts';
import { sitesOf, type RecordedProbe, type Site } from './model/sites.ts';

const MOST_DOCUMENTS = 1000;
const none: ReadonlyMap<string, Site> = new Map();

/** Where the channels of an epoch lie on their probes, as the session's documents tell; empty where they do not. */
export function useSites(source: SignalSource): ReadonlyMap<string, Site> {
  const item = useItem(source.path, source.sessionId);
  const info = item.status === 'ready' && item.info.kind === 'session' ? item.info : null;
  const rows = info?.epochs.find((epoch) => epoch.epochId === source.epoch && epoch.device === source.device)?.probes;
  const probes = (rows ?? []).flatMap(({ name, reference, type, deviceString }): RecordedProbe[] => {
    const id = info?.probes.find((one) => one.name === name && one.reference === reference && one.type === type)?.id;
    return typeof id === 'string' ? [{ name: `${name} | ${reference}`, id, deviceString }] : [];
  });
  const answer = useAnswer(JSON.stringify([source, probes]), async (signal) => {
    if (probes.length === 0) return none;
    const { path, sessionId } = source;
    const ask = (isa: string) =>
      client.documents.full(
        { path, isa, limit: MOST_DOCUMENTS, ...(sessionId === undefined ? {} : { sessionId }) },
        { signal },
      );
    const [geometries, maps] = await Promise.all([ask('probe_geometry'), ask('site2channelmap')]);
    return sitesOf(probes, geometries.documents, maps.documents);
  });
  return answer.value ?? none;
}
