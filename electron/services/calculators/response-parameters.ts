import type { JsonObject } from '../../../shared/model/document-json.ts';
import { type NdiDocument, objectOf } from '../../../shared/model/documents.ts';
import { isEqual } from '../../ndi/app-document.ts';
import { newDocument } from '../../ndi/documents/build.ts';
import type { Session } from '../../ndi/session.ts';

const CLASS_NAME = 'stimulus_response_scalar_parameters_basic';

/** Documents of how responses are computed: one for all responses that are computed alike. */
export function responseParameters(session: Session) {
  const known = session.documents({ isa: CLASS_NAME }).map((entry) => session.read(entry));
  return {
    /** @param multiple of the temporal frequency; 0 for the mean */
    of(multiple: number, isOfSpikes: boolean): NdiDocument {
      const values: JsonObject = {
        temporalfreqfunc: 'ndi.fun.stimulustemporalfrequency',
        freq_response: multiple,
        prestimulus_time: [],
        prestimulus_normalization: [],
        isspike: isOfSpikes ? 1 : 0,
        spiketrain_dt: 0.001,
      };
      const found = known.find((one) => isEqual(objectOf(one[CLASS_NAME]), values));
      if (found !== undefined) return found;
      const fresh = newDocument(CLASS_NAME, { [CLASS_NAME]: values });
      known.push(fresh);
      return fresh;
    },
  };
}
