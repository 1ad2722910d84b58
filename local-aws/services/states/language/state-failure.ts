/** A failure as Retry and Catch see it: the error's name, and its cause as the message. */
export class StateFailure extends Error {
  readonly error: string;

  constructor(error: string, cause = '') {
    super(cause);
    this.error = error;
  }
}

/** What the state machine asks of data that it has not got: ends the execution, whatever Retry and Catch say. */
export function runtimeFailure(cause: string): StateFailure {
  return new StateFailure('States.Runtime', cause);
}

/** The output that a failure hands to the state that catches it. */
export function errorOutput({ error, message }: StateFailure): { readonly Error: string; readonly Cause: string } {
  return { Error: error, Cause: message };
}
