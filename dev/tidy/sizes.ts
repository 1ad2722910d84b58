import { isEntry, type Place } from './place.ts';
import type { Source } from './source.ts';
import type { Violation } from './violation.ts';

const MAX_LINES = 400;
const MAX_TEST_LINES = 600;
/** Composition roots only wire. */
const MAX_ENTRY_LINES = 200;
const MAX_FUNCTION_LINES = 70;

export function checkSizes(place: Place, { lineCount, functions }: Source): Violation[] {
  const { path, isTest } = place;
  const found: Violation[] = [];
  const ceiling = isTest ? MAX_TEST_LINES : isEntry(place) ? MAX_ENTRY_LINES : MAX_LINES;
  if (lineCount > ceiling) {
    const message = `${lineCount} lines, the ceiling is ${ceiling}: split it by ideas`;
    found.push({ rule: 'size', path, line: 1, message, amount: lineCount });
  }
  if (isTest) return found;
  for (const { value, line } of functions) {
    if (value <= MAX_FUNCTION_LINES) continue;
    const message = `a function of ${value} lines, the ceiling is ${MAX_FUNCTION_LINES}: name its steps`;
    found.push({ rule: 'function-size', path, line, message, amount: value });
  }
  return found;
}
