import type { Random } from '../../../kernel/random.ts';
import type { Fields } from './fields.ts';
import type { Walk } from './walk.ts';
import type { Workflow } from './workflow.ts';

/** A state of a definition, ready to run any number of times. It changes none of the data that it is handed. */
export interface State {
  /** Answers at once when there is nothing to wait for. @throws StateFailure */
  readonly run: Run;
  /** Each state that may come next. */
  readonly targets: readonly string[];
}

export type Run = (input: unknown, walk: Walk) => Step | Promise<Step>;

export interface Step {
  readonly output: unknown;
  /** The state that comes next; undefined at the end. */
  readonly next: string | undefined;
}

/** Runs one Task with its effective input. Rejects with StateFailure. */
export type Task = (input: unknown) => Promise<unknown>;

/** What states are made with. */
export interface StateTools {
  readonly random: Random;
  /** The task behind a Resource; `parameters` are the names that its Parameters have. @throws AwsError for one that is not had here */
  readonly taskFor: (resource: string, parameters: readonly string[] | undefined) => Task;
  /** The states of a branch. */
  readonly compileBranch: (source: unknown, where: string, furtherFields?: readonly string[]) => Workflow;
}

export type CompileState = (source: unknown, where: string, tools: StateTools) => State;

export const STATE_FIELDS = ['Type', 'Comment', 'QueryLanguage'];

export const TRANSITION_FIELDS = ['Next', 'End'];

/** What Next says, or undefined where End is true: every state but Choice, Succeed and Fail has one of them. */
export function compileNext(fields: Fields): string | undefined {
  if (fields.oneOf(TRANSITION_FIELDS) === 'End' && fields.value('End') === true) return undefined;
  return fields.requiredText('Next');
}

/** The names that are there. */
export function targetsOf(...names: readonly (string | undefined)[]): string[] {
  return names.filter((name) => name !== undefined);
}
