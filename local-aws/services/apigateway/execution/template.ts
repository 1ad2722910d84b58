import { notSupported } from '../../../kernel/aws-error.ts';
import { contextVariable, type Variable } from './context-variables.ts';
import type { Exchange } from './exchange.ts';

export type Template = (exchange: Exchange) => string;

const REFERENCE = /\$(?:context\.([a-zA-Z]\w*(?:\.\w+)*)|stageVariables\.(\w+))/g;

/**
 * Compiles a template of gateway responses or access logs: text with `$context.…` and `$stageVariables.…`, nothing
 * else; API Gateway has no loops, conditions or functions here either. `absent` stands where a variable has no value.
 */
export function compileTemplate(text: string, absent: string): Template {
  const parts: (string | Variable)[] = [];
  let from = 0;
  for (const match of text.matchAll(REFERENCE)) {
    parts.push(plain(text.slice(from, match.index)));
    const [reference, contextName, stageVariable] = match;
    parts.push(
      contextName
        ? contextVariable(contextName)
        : (exchange: Exchange) => exchange.stage.variables?.[stageVariable as string],
    );
    from = match.index + reference.length;
  }
  parts.push(plain(text.slice(from)));
  return (exchange) => {
    let rendered = '';
    for (const part of parts) rendered += typeof part === 'string' ? part : String(part(exchange) ?? absent);
    return rendered;
  };
}

function plain(text: string): string {
  const other = /\$[a-zA-Z{!][^\s"]*|#(?:set|if|foreach)\b/.exec(text);
  if (other) throw notSupported(`${other[0]} in a template of API Gateway`);
  return text;
}
