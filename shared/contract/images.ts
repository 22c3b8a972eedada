import { oc } from '@orpc/contract';
import { z } from 'zod';
import { bytesSchema, pathSchema, problemSchema } from './common.ts';

/**
 * Where a picture or a stack of frames is: a file on disk (`path` alone), a document of a session or dataset (`id`, and
 * `file` where it has several), or an epoch of an image DAQ system.
 */
export const imageSourceSchema = z.object({
  path: pathSchema,
  sessionId: z.string().optional(),
  id: z.string().optional(),
  file: z.string().optional(),
  device: z.string().optional(),
  epoch: z.string().optional(),
});
export type ImageSource = z.infer<typeof imageSourceSchema>;

const rasterSchema = z.object({
  framePeriodSec: z.number().nullable(),
  linePeriodSec: z.number().nullable(),
  dwellTimeSec: z.number().nullable(),
  linesPerFrame: z.number().nullable(),
  pixelsPerLine: z.number().nullable(),
  bidirectional: z.boolean(),
});

/** One of the axes: rows (Y), columns (X), and those along which frames lie. */
export const imageAxisSchema = z.object({
  letter: z.string(),
  /** As the document calls it, else in plain words. */
  label: z.string(),
  size: z.number(),
  /** From pixel to pixel, or frame to frame, in `units`; null where nothing says. */
  scale: z.number().nullable(),
  units: z.string(),
});
export type ImageAxis = z.infer<typeof imageAxisSchema>;

export const imageInfoSchema = z.object({
  /** `frames`: values are told frame by frame; `picture` and `movie`: the page shows the file as it is. */
  kind: z.enum(['frames', 'picture', 'movie']),
  name: z.string(),
  /** `TIFF`, `PNG`, `MP4`, `raw values`, ... */
  format: z.string(),
  /** Media type, for pictures and movies. */
  type: z.string(),
  files: z.array(z.string()),
  sizeBytes: z.number(),
  /** `uint16`, ...; empty for pictures and movies. */
  dataType: z.string(),
  y: imageAxisSchema,
  x: imageAxisSchema,
  /** The others; the first runs fastest. */
  axes: z.array(imageAxisSchema),
  /** Least and greatest value that the document says there can be. */
  limits: z.tuple([z.number(), z.number()]).nullable(),
  /** When it was taken, as the document says. */
  timestamp: z.number().nullable(),
  clockType: z.string(),
  /** Whether the frames along T have times of their own. */
  timed: z.boolean(),
  raster: rasterSchema.nullable(),
  problems: z.array(problemSchema),
});
export type ImageInfo = z.infer<typeof imageInfoSchema>;

/** A document or epoch that holds pictures. */
export const imageListingSchema = z.object({
  name: z.string(),
  /** Class of the document, or of the DAQ system. */
  class: z.string(),
  source: imageSourceSchema,
});

export const MOST_IMAGE_PART_BYTES = 8 * 1024 * 1024;

export const imagesContract = {
  /** What a session holds of pictures: documents, and epochs of image DAQ systems. */
  list: oc.input(z.object({ path: pathSchema, sessionId: z.string().optional() })).output(z.array(imageListingSchema)),
  describe: oc.input(z.object({ source: imageSourceSchema })).output(imageInfoSchema),
  /** One frame (`shared/model/image-frame.ts`), thinned where it has more than `most` pixels. */
  frame: oc
    .input(
      z.object({
        source: imageSourceSchema,
        /** Index on each axis but rows and columns, from 0; those not named are 0. */
        at: z.record(z.string(), z.number().int().min(0)).default({}),
        most: z.number().int().min(1).optional(),
      }),
    )
    .output(bytesSchema),
  /** Times of the frames along T in seconds; [] where they have none. */
  times: oc.input(z.object({ source: imageSourceSchema })).output(z.array(z.number())),
  /** The frame that was nearest to a time, which may be infinite; null where frames have no times. */
  frameAt: oc.input(z.object({ source: imageSourceSchema, time: z.number() })).output(z.number().nullable()),
  /** Bytes of a picture or movie; fewer than asked for at its end. */
  part: oc
    .input(
      z.object({
        source: imageSourceSchema,
        offset: z.number().int().min(0),
        bytes: z.number().int().min(1).max(MOST_IMAGE_PART_BYTES),
      }),
    )
    .output(bytesSchema),
  /** Stores TIFF, PNG, JPEG, MP4, ... files as documents of class `imageStack`. */
  add: oc
    .input(
      z.object({
        path: pathSchema,
        sessionId: z.string().optional(),
        files: z.array(pathSchema).min(1),
        label: z.string().default(''),
        /** From pixel to pixel, in `units`. */
        scale: z.number().positive().optional(),
        units: z.string().default(''),
        subjectId: z.string().optional(),
      }),
    )
    .output(z.object({ ids: z.array(z.string()) })),
};
