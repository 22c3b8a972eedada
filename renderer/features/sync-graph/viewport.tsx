import { useReactFlow, useStore, useViewport } from '@xyflow/react';
import { useEffect } from 'react';
import { BOX_HEIGHT, BOX_WIDTH, LABEL_ABOVE, type Lanes } from './lanes.ts';
import classes from './sync-graph.module.css';

/** Room around the picture. */
const AROUND = 32;
/** Boxes smaller than this cannot be read: rather the beginning at this size than everything. */
const LEAST_ZOOM = 0.75;

/** The names of the devices at the left edge, wherever the picture is. */
export function LaneLabels({ lanes }: { readonly lanes: Lanes }) {
  const { y, zoom } = useViewport();
  return (
    <div className={classes.lanes}>
      {lanes.lanes.map((lane) => (
        <div
          key={lane.device}
          className={classes.lane}
          style={{ top: y + (lane.y - LABEL_ABOVE) * zoom }}
          translate="no"
          title={lane.device}
        >
          {lane.device}
        </div>
      ))}
    </div>
  );
}

interface FollowProps {
  readonly lanes: Lanes;
  readonly told: ReadonlySet<string>;
}

/** Goes to what a finding is about; back to everything, or to the beginning, when nothing is asked for. */
export function Follow({ lanes, told }: FollowProps) {
  const { setViewport } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  useEffect(() => {
    if (width === 0 || height === 0) return;
    const ids = new Set([...told].flatMap((id) => lanes.boxOf.get(id) ?? []));
    const boxes = ids.size === 0 ? lanes.boxes : lanes.boxes.filter(({ id }) => ids.has(id));
    const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
    const wide = Math.max(...boxes.map(({ x }) => x)) + BOX_WIDTH - left;
    const high = Math.max(...boxes.map(({ y }) => y)) + BOX_HEIGHT - top;
    const room = { width: width - 2 * AROUND, height: height - 2 * AROUND };
    const zoom = Math.min(1, Math.max(LEAST_ZOOM, Math.min(room.width / wide, room.height / high)));
    const centred = (given: number, size: number) => Math.max(0, (given - size * zoom) / 2);
    void setViewport({
      x: AROUND + centred(room.width, wide) - left * zoom,
      y: AROUND + centred(room.height, high) - top * zoom,
      zoom,
    });
  }, [setViewport, lanes, told, width, height]);
  return null;
}
