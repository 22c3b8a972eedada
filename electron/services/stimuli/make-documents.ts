import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from '../../../shared/contract/common.ts';
import { documentId, type NdiDocument } from '../../../shared/model/documents.ts';
import { elementName, newProbe } from '../../ndi/epochs/elements.ts';
import { findSubject, subjects } from '../../ndi/epochs/subjects.ts';
import type { Session } from '../../ndi/session.ts';
import { encodePresentationTimes } from '../../ndi/stimuli/presentation-times.ts';
import { newControlStimulusIds, newStimulusPresentation } from '../../ndi/stimuli/stimulus-documents.ts';
import type { FoundStimuli } from './find-stimuli.ts';

/** Documents for what was found; `shown` tells which of them are presentations. Probes without one get their element. */
export function stimulusDocuments(
  session: Session,
  found: readonly FoundStimuli[],
  folder: string,
  problems: Problem[],
): { documents: NdiDocument[]; shown: boolean[] } {
  const documents: NdiDocument[] = [];
  const shown: boolean[] = [];
  const add = (document: NdiDocument | null, isShown: boolean) => {
    if (document === null) return;
    documents.push(document);
    shown.push(isShown);
  };
  const made = new Map<string, string>();
  for (const [at, one] of found.entries()) {
    const { name, reference, type, subject, id } = one.probe;
    const key = [name, reference, type, subject].join('\n');
    let stimulatorId = id ?? made.get(key);
    if (stimulatorId === undefined) {
      const subjectId = findSubject(subjects(session), subject)?.id;
      if (subjectId === undefined) {
        const message = `The stimuli of ${elementName(one.probe)} cannot be kept: its subject “${subject}” has no document.`;
        problems.push({ grade: 'shouldFix', code: 'document.notFound', message, paths: [session.path] });
        continue;
      }
      const element = newProbe({ name, reference, type, subjectId });
      stimulatorId = documentId(element);
      made.set(key, stimulatorId);
      add(element, false);
    }
    const path = join(folder, `${at + 1}.bin`);
    writeFileSync(path, encodePresentationTimes(one.presentations.map((time) => ({ clock: one.clock, ...time }))));
    const presentation = newStimulusPresentation({ epochId: one.epoch.epochId, stimulatorId }, one, path);
    add(presentation, true);
    add(newControlStimulusIds(presentation, one), false);
  }
  return { documents, shown };
}
