import type { FunctionErrorBody } from './messages.ts';

/** What Lambda answers for something thrown, by an environment's code or for it. Errors of a context are not our `Error`. */
export function describeError(thrown: unknown): FunctionErrorBody {
  if (typeof thrown === 'object' && thrown !== null && 'message' in thrown) {
    const error = thrown as { name?: unknown; message: unknown; stack?: unknown };
    return {
      errorType: typeof error.name === 'string' ? error.name : 'Error',
      errorMessage: String(error.message),
      trace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
    };
  }
  return { errorType: typeof thrown, errorMessage: String(thrown), trace: [] };
}
