// One line for each test, in the form that catalogs/real.sh counts, and a closing line with the numbers.
import { stripVTControlCharacters } from 'node:util';
import type { FullResult, Reporter, TestCase, TestResult, TestStep } from '@playwright/test/reporter';

type Word = 'pass ' | 'FAIL ' | 'skip ' | 'again';
const words: Record<TestResult['status'], Word> = { passed: 'pass ', failed: 'FAIL ', timedOut: 'FAIL ', interrupted: 'FAIL ', skipped: 'skip ' };

export default class Lines implements Reporter {
  counts = { 'pass ': 0, 'FAIL ': 0, 'skip ': 0, again: 0 };

  onTestEnd(test: TestCase, result: TestResult) {
    const failed = words[result.status] === 'FAIL ';
    const word = failed && result.retry < test.retries ? 'again' : words[result.status];
    this.counts[word] += 1;
    console.log(`${word} ${test.titlePath().slice(2).join(' › ')} (${(result.duration / 1000).toFixed(1)} s)`);
    if (!failed) return;
    for (const step of failedSteps(result.steps)) console.log(indent(`in ${step}`));
    for (const error of result.errors) console.log(indent(error.message ?? String(error.value)));
  }

  onError(error: { message?: string }) {
    console.log(indent(error.message ?? 'unknown error'));
  }

  onEnd(result: FullResult) {
    const { 'pass ': passed, 'FAIL ': failed, 'skip ': skipped, again } = this.counts;
    console.log(`browser tests: ${passed} passed, ${failed} failed, ${skipped} skipped, ${again} tried again (${result.status})`);
  }

  printsToStdio() {
    return true;
  }
}

/** Titles of the steps that failed, the outermost first. */
function failedSteps(steps: TestStep[]): string[] {
  const failed = steps.filter((step) => step.error && step.category === 'test.step');
  return failed.flatMap((step) => [step.title, ...failedSteps(step.steps)]);
}

function indent(text: string): string {
  return stripVTControlCharacters(text).replace(/^/gm, '      ');
}
