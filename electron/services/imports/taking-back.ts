import { NdiError, toErrorReport } from '../../../shared/model/errors.ts';

/**
 * Takes back what was written before something failed. Where that fails too, both are told: the reason why it failed
 * must not be lost behind what came after it.
 * @returns what is to be thrown
 */
export async function takingBack(cause: unknown, takeBack: () => Promise<void>): Promise<unknown> {
  try {
    await takeBack();
    return cause;
  } catch (fault) {
    const [first, second] = [toErrorReport(cause), toErrorReport(fault)];
    return new NdiError({
      code: first.code,
      message: `${first.message} What had been written until then could not be taken back: ${second.message}`,
      recovery: `${second.recovery} Then: ${first.recovery}`,
      details: { ...second.details, ...first.details, takeBack: second.code },
      cause,
    });
  }
}
