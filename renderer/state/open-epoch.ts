import type { SignalSource } from '../../shared/contract/recordings.ts';
import type { Epoch } from '../../shared/contract/sessions.ts';
import { openPanel, type OpenPanelOptions } from './panels.ts';

/** Opens what an epoch of a session holds: its signals, or its frames where it is one of pictures. */
export function openEpoch(
  source: SignalSource,
  { images }: Pick<Epoch, 'images'>,
  options: OpenPanelOptions = {},
): void {
  const { path, sessionId, device, epoch } = source;
  if (images === true) openPanel('image', { source: { path, sessionId, device, epoch } }, options);
  else openPanel('traces', { source }, options);
}
