import { compileRule, RULE_FIELDS } from './choice-rule.ts';
import { compileInput, compileOutputPath, PATH_FIELDS } from './data-flow.ts';
import { Fields } from './fields.ts';
import { type CompileState, STATE_FIELDS, targetsOf } from './state.ts';
import { StateFailure } from './state-failure.ts';

export const compileChoice: CompileState = (source, where) => {
  const fields = new Fields(source, where, [...STATE_FIELDS, ...PATH_FIELDS, 'Choices', 'Default']);
  const effectiveInput = compileInput(fields);
  const output = compileOutputPath(fields);
  const choices = fields.list('Choices').map((choice) => {
    const rule = new Fields(choice, `${where}, Choices`, [...RULE_FIELDS, 'Next']);
    return { holds: compileRule(rule), next: rule.requiredText('Next') };
  });
  const otherwise = fields.text('Default');
  return {
    targets: targetsOf(otherwise, ...choices.map(({ next }) => next)),
    run: (input, walk) => {
      const effective = effectiveInput(input, walk);
      const next = choices.find(({ holds }) => holds(effective, walk))?.next ?? otherwise;
      if (next === undefined)
        throw new StateFailure('States.NoChoiceMatched', `${where} matches no choice and has no Default`);
      return { output: output(effective, walk), next };
    },
  };
};
