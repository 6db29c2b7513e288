// One line for each check with what it counted, and the closing line that runners look for.
import type { FullResult } from '@playwright/test/reporter';
import Lines from '../../support/lines.ts';

export default class Closing extends Lines {
  onStdOut(chunk: string | Buffer) {
    process.stdout.write(chunk);
  }

  override onEnd({ status }: FullResult) {
    const { 'pass ': passed, 'FAIL ': failed, 'skip ': skipped } = this.counts;
    if (skipped) console.log(`${skipped} were not run`);
    // A run that was cut short, or that found no check, has not passed.
    const cut = status !== 'passed' && failed === 0 ? 1 : 0;
    console.log(`${passed} passed, ${failed + skipped + cut} failed`);
  }
}
