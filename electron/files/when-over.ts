/**
 * Calls when a time is over, but not before what had come by then was looked at: a process that was held up, or slept,
 * would else find the time over first.
 * @returns takes it back
 */
export function whenOver(milliseconds: number, then: () => void): () => void {
  let isWanted = true;
  const timer = setTimeout(() => {
    setImmediate(() => {
      if (isWanted) then();
    });
  }, milliseconds);
  return () => {
    isWanted = false;
    clearTimeout(timer);
  };
}
