import type { Books } from './books.ts';

/** Something that does not add up. `subject` is what it is about, `detail` what stands there and what should. */
export interface Finding {
  readonly check: string;
  readonly subject: string;
  readonly detail: string;
}

/** One thing that the books must satisfy; says where they do not. */
export interface Check {
  readonly name: string;
  readonly findIn: (books: Books) => Iterable<Omit<Finding, 'check'>>;
}

export interface Doubt {
  readonly subject: string;
  readonly detail: string;
}

/** A doubt when two numbers that must be equal are not. */
export function* mustEqual(subject: string, what: string, stands: number, shouldBe: number): Generator<Doubt> {
  if (stands !== shouldBe) yield { subject, detail: `${what} is ${stands}, should be ${shouldBe}` };
}
