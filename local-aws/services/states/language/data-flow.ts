import type { Fields } from './fields.ts';
import { compileRequiredPath, type Read } from './path.ts';
import { compileResultPath } from './result-path.ts';
import { compileTemplate } from './template.ts';
import type { Walk } from './walk.ts';

/** The fields through which data goes into a state, and out of it. */
export const PATH_FIELDS = ['InputPath', 'OutputPath'];

type Output = (input: unknown, result: unknown, walk: Walk) => unknown;

/** From a state's input to what it works on: InputPath, then Parameters. */
export function compileInput(fields: Fields): Read {
  const path = compileInputPath(fields);
  if (!fields.has('Parameters')) return path;
  const parameters = compileTemplate(fields.value('Parameters'), fields.where);
  return (input, walk) => parameters(path(input, walk), walk);
}

/** From a state's input and its result to its output: ResultSelector, ResultPath, then OutputPath. */
export function compileOutput(fields: Fields): Output {
  const select = fields.has('ResultSelector')
    ? compileTemplate(fields.value('ResultSelector'), fields.where)
    : (result: unknown) => result;
  const place = compileResultPath(fields);
  const path = compileOutputPath(fields);
  return (input, result, walk) => path(place(input, select(result, walk)), walk);
}

/** For a state whose Parameters are none of its own. */
export function compileInputPath(fields: Fields): Read {
  return compileDataPath(fields, 'InputPath');
}

/** For a state without a result of its own, whose output is what it works on. */
export function compileOutputPath(fields: Fields): Read {
  return compileDataPath(fields, 'OutputPath');
}

/** A path of null is the empty object. */
function compileDataPath(fields: Fields, field: 'InputPath' | 'OutputPath'): Read {
  const path = fields.has(field) ? fields.value(field) : '$';
  if (path === null) return () => EMPTY;
  return compileRequiredPath(path, fields.where, field);
}

const EMPTY = Object.freeze({});
