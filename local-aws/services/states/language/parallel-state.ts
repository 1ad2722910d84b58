import { compileInput, compileOutput, PATH_FIELDS } from './data-flow.ts';
import { Fields } from './fields.ts';
import { Lifetime } from './lifetime.ts';
import { compileFallible, RECOVERY_FIELDS } from './recovery.ts';
import { type CompileState, STATE_FIELDS, TRANSITION_FIELDS } from './state.ts';

const FIELDS = [
  ...[...STATE_FIELDS, ...PATH_FIELDS, ...TRANSITION_FIELDS, ...RECOVERY_FIELDS],
  ...['Parameters', 'ResultPath', 'ResultSelector', 'Branches'],
];

/** Parallel: its failure is that of the first branch to fail, and ends the others. */
export const compileParallel: CompileState = (source, where, tools) => {
  const fields = new Fields(source, where, FIELDS);
  const effectiveInput = compileInput(fields);
  const output = compileOutput(fields);
  const branches = fields.list('Branches').map((branch) => tools.compileBranch(branch, `${where}, Branches`));
  return compileFallible(fields, tools, async (input, walk) => {
    const effective = effectiveInput(input, walk);
    const lifetime = new Lifetime(walk.lifetime.clock, walk.lifetime);
    try {
      const results = await Promise.all(branches.map((branch) => branch.run(effective, walk.branch(lifetime))));
      return output(input, results, walk);
    } finally {
      lifetime.end();
    }
  });
};
