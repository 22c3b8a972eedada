import { dependencyValue, textOf, valueAt } from '../../../shared/model/documents.ts';
import { NdiError } from '../../../shared/model/errors.ts';
import { elements } from '../../ndi/epochs/elements.ts';
import type { Epoch } from '../../ndi/epochs/epoch.ts';
import type { Session } from '../../ndi/session.ts';
import type { StoredPreview } from '../../signal/pyramid/stored-preview.ts';
import { probeChannels } from '../probe-channels.ts';

const MOST_LEVELS = 16;

/** Unfiltered previews that the session keeps of the probes of an epoch (documents `pyraview`), whoever made them. */
export function findPreviews(session: Session, epoch: Epoch): StoredPreview[] {
  const entries = session.documents({ isa: 'pyraview' });
  if (entries.length === 0) return [];
  const probes = new Map(elements(session).map((element) => [element.id, element]));
  return entries.flatMap((entry): StoredPreview[] => {
    const document = session.read(entry);
    const probe = probes.get(dependencyValue(document, 'element_id'));
    const isOwn = textOf(valueAt(document, 'epochid.epochid')) === epoch.epochId;
    // Those of one band show another signal.
    const isWhole = textOf(valueAt(document, 'pyraview.label')) === 'all';
    if (probe === undefined || !isOwn || !isWhole) return [];
    const channels = probeChannels(epoch, probe).filter((name) => /^(ai|ax|ao)\d/.test(name));
    const files = Array.from({ length: MOST_LEVELS }, (_, level) => fileOf(session, entry.id, `level${level + 1}.bin`));
    const here = files.filter((file) => file !== null);
    return channels.length === 0 || here.length === 0 ? [] : [{ channels, files: here }];
  });
}

function fileOf(session: Session, id: string, name: string): string | null {
  try {
    return session.binaryFile(id, name);
  } catch (error) {
    // A level that was not made, or is not on this machine.
    if (error instanceof NdiError) return null;
    throw error;
  }
}
