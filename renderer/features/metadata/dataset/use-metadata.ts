import { useState } from 'react';
import { toNdiError } from '../../../../shared/contract/client-errors.ts';
import {
  checkDatasetMetadata,
  type DatasetMetadata,
  type MetadataProblem,
} from '../../../../shared/model/dataset-metadata.ts';
import type { NdiError } from '../../../../shared/model/errors.ts';
import { client } from '../../../state/client.ts';
import { useRevision } from '../../../state/edits.ts';
import { useAnswer, type Answer } from '../../../state/use-answer.ts';

export interface MetadataForm {
  readonly metadata: DatasetMetadata;
  readonly source: 'metadata_editor' | 'openminds' | 'none';
  readonly problems: readonly MetadataProblem[];
  /** Why the last change could not be stored. */
  readonly error: NdiError | null;
  /** Typed, but not yet left. */
  type(change: Partial<DatasetMetadata>): void;
  /** Stores what was typed, or a change that is whole by itself. */
  store(change?: Partial<DatasetMetadata>): void;
}

/** The description of a dataset: what is typed shows and is checked at once, and is stored when its field is left. */
export function useMetadata(path: string): Answer<MetadataForm> {
  const revision = useRevision(path);
  const [typed, setTyped] = useState<Partial<DatasetMetadata>>({});
  const [error, setError] = useState<NdiError | null>(null);
  const answer = useAnswer(JSON.stringify([path, revision]), (signal) => client.metadata.get({ path }, { signal }), {
    keepLast: true,
  });
  if (answer.status !== 'ready') return answer;
  const stored: DatasetMetadata = answer.value.metadata;
  const metadata = { ...stored, ...typed };

  const store = async (change: Partial<DatasetMetadata> = {}) => {
    const wanted = { ...typed, ...change };
    const names = Object.keys(wanted) as (keyof DatasetMetadata)[];
    const changed = names.filter((name) => JSON.stringify(wanted[name]) !== JSON.stringify(stored[name]));
    setTyped(wanted);
    setError(null);
    try {
      if (changed.length > 0) {
        const part = Object.fromEntries(changed.map((name) => [name, wanted[name]]));
        await client.metadata.set({ path, change: structuredClone(part) });
      }
      // What was typed meanwhile stays.
      setTyped((now) =>
        Object.fromEntries(
          Object.entries(now).filter(([name, value]) => wanted[name as keyof DatasetMetadata] !== value),
        ),
      );
    } catch (thrown) {
      setError(toNdiError(thrown));
    }
  };
  const form: MetadataForm = {
    metadata,
    source: answer.value.source,
    problems: checkDatasetMetadata(metadata),
    error,
    type: (change) => setTyped((before) => ({ ...before, ...change })),
    store: (change) => void store(change),
  };
  return { ...answer, value: form };
}
