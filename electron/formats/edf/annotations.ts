/** One entry of a time-stamped annotation list (TAL): all its texts have the same time. */
export interface TimedAnnotation {
  /** Seconds since the start of the file. */
  readonly onset: number;
  /** Seconds; null where none is given. */
  readonly duration: number | null;
  readonly texts: readonly string[];
}

const decoder = new TextDecoder('utf-8');
/** Between the time and its duration, and after each of time and texts. */
const DURATION_MARK = '\u0015';
const END_MARK = '\u0014';
const onsetForm = /^[+-]\d+(\.\d*)?$/;
const durationForm = /^\d+(\.\d*)?$/;

/**
 * The lists in the bytes of one annotation signal of a record: `+onset[\x15duration]\x14text\x14text...\x14\0`, NUL to
 * the end (EDF+). Empty texts are left out: an entry with nothing but an empty one tells the time of its record.
 */
export function parseAnnotations(bytes: Uint8Array): { entries: TimedAnnotation[]; damaged: boolean } {
  const entries: TimedAnnotation[] = [];
  let damaged = false;
  for (const piece of decoder.decode(bytes).split('\0')) {
    if (piece === '') continue;
    const [times = '', ...texts] = piece.split(END_MARK);
    const [onset = '', duration, ...others] = times.split(DURATION_MARK);
    const isWhole = texts.length > 0 && others.length === 0 && onsetForm.test(onset);
    if (!isWhole || (duration !== undefined && duration !== '' && !durationForm.test(duration))) {
      damaged = true;
      continue;
    }
    entries.push({
      onset: Number(onset),
      duration: duration ? Number(duration) : null,
      texts: texts.filter((text) => text !== ''),
    });
  }
  return { entries, damaged };
}
