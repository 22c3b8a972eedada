import { client } from '../../../state/client.ts';
import { showError, showMessage } from '../../../state/messages.ts';
import { t } from '../../../texts/translate.ts';
import { clamped, span } from '../model/range.ts';
import { unitsById } from '../model/units.ts';
import { goTo, type TraceStore } from '../trace-store.ts';

const running = new WeakMap<TraceStore, AbortController>();

/** Puts the cursor on the next (or previous) spike of the shown units, in the middle of the view. */
export async function jumpToSpike(store: TraceStore, back: boolean): Promise<void> {
  const { source, settings, range, cursor, units } = store.getState();
  const known = unitsById(units);
  const ids = settings.units.shown.filter((id) => known.has(id));
  if (ids.length === 0) return;
  running.get(store)?.abort();
  const controller = new AbortController();
  running.set(store, controller);
  const inView = cursor !== null && cursor.time >= range.t0 && cursor.time <= range.t1;
  const time = inView ? cursor.time : (range.t0 + range.t1) / 2;
  try {
    const found = await client.units.next({ source, units: ids, time, back }, { signal: controller.signal });
    if (controller.signal.aborted) return;
    if (found === null) {
      showMessage({ tone: 'info', title: back ? t('There is no earlier spike.') : t('There is no later spike.') });
      return;
    }
    const unit = known.get(found.unit);
    const channel = unit === undefined || unit.carried ? null : (unit.channels[0] ?? null);
    const { range: now, extent } = store.getState();
    const half = span(now) / 2;
    goTo(store, clamped({ t0: found.time - half, t1: found.time + half }, extent), 'repeat');
    store.setState({ cursor: { time: found.time, channel: channel ?? cursor?.channel ?? null } });
  } catch (thrown) {
    if (!controller.signal.aborted) showError(thrown);
  }
}
