/**
 * The three clocks of the sample experiment. True time is the amplifier's (`intan1`), whose first sample of an epoch is
 * at 0 s. The others tick at a slightly different rate and started at another moment.
 */
export interface DeviceClock {
  /** Seconds of this clock in one second of true time; 1.000037 is 37 ppm fast. */
  readonly scale: number;
  /** What this clock shows at true time 0, in seconds. */
  readonly offset: number;
  /** From a moment on (seconds of true time) the clock shows `seconds` more. */
  readonly jump: { readonly at: number; readonly seconds: number } | null;
}

/** What the clock shows at a true time. */
export function clockTime(clock: DeviceClock, trueTime: number): number {
  const jump = clock.jump !== null && trueTime >= clock.jump.at ? clock.jump.seconds : 0;
  return clock.offset + clock.scale * trueTime + jump;
}
