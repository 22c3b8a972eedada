import type { JsonObject } from '../../../shared/model/document-json.ts';

/**
 * The temporal frequency of a stimulus in Hz, by the first of its parameters that tells one, or null
 * (NDI's `ndi_stimulusparameters2temporalfrequency.json`).
 */
export function temporalFrequency(parameters: JsonObject): number | null {
  for (const name of ['tFrequency', 'temporalFrequency']) {
    const value = parameters[name];
    if (typeof value === 'number') return value;
  }
  const [period, refreshRate] = [parameters['t_period'], parameters['refreshRate']];
  if (typeof period !== 'number') return null;
  // A period counts frames of the screen, where its rate is known.
  return (1 / period) * (typeof refreshRate === 'number' ? refreshRate : 1);
}
