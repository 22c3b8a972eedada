import { useEffect, useRef } from 'react';
import { t } from '../../texts/translate.ts';
import { drawFrame } from './draw-frame.ts';
import type { Pixel } from './words.ts';
import classes from './image.module.css';

interface FrameCanvasProps {
  readonly image: ImageData;
  /** Rows and columns of the whole picture from one pixel here to the next. */
  readonly step: number;
  /** What is seen, for those who do not see it. */
  readonly words: string;
  readonly pixel: Pixel | null;
  readonly onPoint: (pixel: Pixel | null) => void;
}

/** The frame, as large as there is room. */
export function FrameCanvas({ image, step, words, pixel, onPoint }: FrameCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current !== null) drawFrame(canvas.current, image);
  }, [image]);
  const pointAt = (event: React.PointerEvent<HTMLDivElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const column = Math.floor(((event.clientX - box.left) / box.width) * image.width);
    const row = Math.floor(((event.clientY - box.top) / box.height) * image.height);
    const isInside = row >= 0 && column >= 0 && row < image.height && column < image.width;
    onPoint(isInside ? { row: row * step, column: column * step } : null);
  };
  return (
    <div className={classes.stage}>
      <div
        className={classes.frame}
        style={
          {
            aspectRatio: `${image.width} / ${image.height}`,
            '--ratio': image.width / image.height,
          } as React.CSSProperties
        }
        onPointerMove={pointAt}
        onPointerLeave={() => onPoint(null)}
      >
        <canvas
          ref={canvas}
          className={classes.canvas}
          role="img"
          aria-label={words}
          tabIndex={0}
          data-testid="image-frame"
          title={t('Arrow keys step through the frames; with Shift they move over the pixels')}
        />
        {pixel !== null && (
          <span
            className={classes.mark}
            aria-hidden
            style={{
              left: `${((pixel.column / step + 0.5) / image.width) * 100}%`,
              top: `${((pixel.row / step + 0.5) / image.height) * 100}%`,
            }}
          />
        )}
      </div>
    </div>
  );
}
