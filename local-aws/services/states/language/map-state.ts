import { notSupported } from '../../../kernel/aws-error.ts';
import { compileInputPath, compileOutput, PATH_FIELDS } from './data-flow.ts';
import { Fields } from './fields.ts';
import { Lifetime } from './lifetime.ts';
import { compileRequiredPath, type Read } from './path.ts';
import { compileFallible, RECOVERY_FIELDS } from './recovery.ts';
import { type CompileState, STATE_FIELDS, type StateTools, TRANSITION_FIELDS } from './state.ts';
import { runtimeFailure } from './state-failure.ts';
import { compileTemplate } from './template.ts';
import type { Walk } from './walk.ts';
import type { Workflow } from './workflow.ts';

const FIELDS = [
  ...[...STATE_FIELDS, ...PATH_FIELDS, ...TRANSITION_FIELDS, ...RECOVERY_FIELDS],
  ...['Parameters', 'ResultPath', 'ResultSelector', 'ItemProcessor', 'Iterator', 'ItemsPath', 'ItemSelector'],
  ...['MaxConcurrency', 'MaxConcurrencyPath'],
];

/** Iterations at the same time. Source: Step Functions developer guide, "Using Map state in Inline mode". */
const MAX_INLINE_CONCURRENCY = 40;

/** Map over a list, inline: its failure is that of the first iteration to fail, and ends the others. */
export const compileMap: CompileState = (source, where, tools) => {
  const fields = new Fields(source, where, FIELDS);
  const effectiveInput = compileInputPath(fields);
  const output = compileOutput(fields);
  const processor = compileProcessor(fields, tools);
  const itemsOf = compileItems(fields);
  const select = compileSelector(fields);
  const concurrencyOf = compileConcurrency(fields);
  return compileFallible(fields, tools, async (input, walk) => {
    const effective = effectiveInput(input, walk);
    const iterate = (Value: unknown, Index: number, lifetime: Lifetime) => {
      const iteration = walk.branch(lifetime, { Index, Value });
      return processor.run(select ? select(effective, iteration) : Value, iteration);
    };
    const results = await runAll(itemsOf(effective, walk), concurrencyOf(effective, walk), walk, iterate);
    return output(input, results, walk);
  });
};

/** Results in the order of the items. */
async function runAll(
  items: readonly unknown[],
  concurrency: number,
  walk: Walk,
  iterate: (item: unknown, index: number, lifetime: Lifetime) => Promise<unknown>,
): Promise<unknown[]> {
  const lifetime = new Lifetime(walk.lifetime.clock, walk.lifetime);
  const results: unknown[] = new Array(items.length);
  let started = 0;
  const runOneAfterTheOther = async () => {
    while (started < items.length) {
      const index = started++;
      results[index] = await iterate(items[index], index, lifetime);
    }
  };
  try {
    await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, runOneAfterTheOther));
    return results;
  } finally {
    lifetime.end();
  }
}

function compileProcessor(fields: Fields, tools: StateTools): Workflow {
  const name = fields.oneOf(['ItemProcessor', 'Iterator']);
  if (name === undefined) throw fields.refuse('ItemProcessor is missing');
  const source = fields.value(name) as { readonly ProcessorConfig?: { readonly Mode?: string } } | null;
  if ((source?.ProcessorConfig?.Mode ?? 'INLINE') !== 'INLINE')
    throw notSupported(`${fields.where}: a distributed Map`);
  return tools.compileBranch(source, `${fields.where}, ${name}`, ['ProcessorConfig']);
}

function compileItems(fields: Fields): (input: unknown, walk: Walk) => readonly unknown[] {
  const path = fields.text('ItemsPath') ?? '$';
  const read = compileRequiredPath(path, fields.where, 'ItemsPath');
  return (input, walk) => {
    const items = read(input, walk);
    if (Array.isArray(items)) return items;
    throw runtimeFailure(`Reference path "${path}" must point to array.`);
  };
}

/** What an iteration is given, when it is not the bare item. Parameters is the older name of ItemSelector. */
function compileSelector(fields: Fields): Read | undefined {
  const name = fields.oneOf(['ItemSelector', 'Parameters']);
  return name === undefined ? undefined : compileTemplate(fields.value(name), fields.where);
}

/** A concurrency of 0 is as much as there may be. */
function compileConcurrency(fields: Fields): (input: unknown, walk: Walk) => number {
  const capped = (asked: number) => Math.min(asked || MAX_INLINE_CONCURRENCY, MAX_INLINE_CONCURRENCY);
  if (fields.oneOf(['MaxConcurrency', 'MaxConcurrencyPath']) !== 'MaxConcurrencyPath') {
    const concurrency = capped(fields.integer('MaxConcurrency', 0) ?? 0);
    return () => concurrency;
  }
  const read = compileRequiredPath(fields.value('MaxConcurrencyPath'), fields.where, 'MaxConcurrencyPath');
  return (input, walk) => {
    const asked = read(input, walk);
    if (typeof asked === 'number' && Number.isInteger(asked) && asked >= 0) return capped(asked);
    throw runtimeFailure(`MaxConcurrencyPath does not reference a non-negative integer: ${JSON.stringify(asked)}`);
  };
}
