/**
 * States an invariant. A failure is a defect of the program, never an expected refusal, so it is caught
 * nowhere but at the edge of the process. The message names the thing and the limit, never a secret or a CPF.
 */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`invariant broken: ${message}`);
}

/** Ends a switch over a union: the compiler proves that nothing gets here. */
export function unreachable(value: never): never {
  throw new Error(`invariant broken: unexpected ${JSON.stringify(value)}`);
}
