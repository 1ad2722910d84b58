import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import type { BusEvent } from './event.ts';

/** What of an event a target gets, as text. */
export type TargetInput = (event: BusEvent, rule: { readonly arn: string; readonly name: string }) => string;

interface InputProperties {
  readonly Input?: unknown;
  readonly InputPath?: unknown;
  readonly InputTransformer?: unknown;
}

/** Reads `Input`, `InputPath` or `InputTransformer` of a target; at most one may be there. */
export function parseTargetInput({ Input, InputPath, InputTransformer }: InputProperties): TargetInput {
  if ([Input, InputPath, InputTransformer].filter((value) => value !== undefined).length > 1) {
    throw invalid('Only one of Input, InputPath, or InputTransformer must be provided');
  }
  if (Input !== undefined) return constant(Input);
  if (InputPath !== undefined) {
    const path = parsePath(InputPath);
    return (event) => JSON.stringify(valueAt(event, path) ?? {});
  }
  return InputTransformer === undefined ? (event) => JSON.stringify(event) : parseTransformer(InputTransformer);
}

function constant(input: unknown): TargetInput {
  try {
    JSON.parse(String(input));
  } catch (cause) {
    throw Object.assign(invalid('Input must be JSON text'), { cause });
  }
  return () => String(input);
}

function parseTransformer(value: unknown): TargetInput {
  const { InputPathsMap = {}, InputTemplate, ...unknown } = value as Record<string, unknown>;
  const [other] = Object.keys(unknown);
  if (other) throw notSupported(`InputTransformer.${other}`);
  if (typeof InputTemplate !== 'string' || InputTemplate === '') throw invalid('InputTemplate is required');
  const paths = new Map(Object.entries(InputPathsMap as object).map(([name, path]) => [name, parsePath(path)]));
  const parts = parseTemplate(InputTemplate);
  for (const { variable } of parts) {
    if (variable && !paths.has(variable) && !RESERVED.has(variable)) {
      throw invalid(`Invalid InputTemplate for target: <${variable}> is not in InputPathsMap`);
    }
  }
  return (event, rule) => {
    const valueNamed = (name: string) => {
      const path = paths.get(name);
      return path ? valueAt(event, path) : RESERVED.get(name)?.(event, rule);
    };
    return parts
      .map((part) => part.text + (part.variable ? rendered(valueNamed(part.variable), part.quoted) : ''))
      .join('');
  };
}

const RESERVED = new Map<string, (event: BusEvent, rule: { arn: string; name: string }) => unknown>([
  ['aws.events.rule-arn', (_, rule) => rule.arn],
  ['aws.events.rule-name', (_, rule) => rule.name],
  ['aws.events.event.ingestion-time', (event) => event.time],
  ['aws.events.event.json', (event) => event],
]);

interface TemplatePart {
  readonly text: string;
  /** What follows the text. */
  readonly variable?: string;
  /** Whether it stands within a JSON string. */
  readonly quoted: boolean;
}

function parseTemplate(template: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let at = 0;
  let quoted = false;
  for (const match of template.matchAll(/<([\w.-]+)>/g)) {
    const text = template.slice(at, match.index);
    if ((text.match(/(?<!\\)"/g)?.length ?? 0) % 2 === 1) quoted = !quoted;
    parts.push({ text, variable: match[1] as string, quoted });
    at = match.index + match[0].length;
  }
  return [...parts, { text: template.slice(at), quoted }];
}

/** Within a string the bare value, escaped; outside of one JSON. What the event lacks is nothing, or null. */
function rendered(value: unknown, quoted: boolean): string {
  if (!quoted) return JSON.stringify(value ?? null);
  if (value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return JSON.stringify(text).slice(1, -1);
}

type Path = readonly string[];

/** `$`, `$.detail.order.id`, `$.resources[0]`. Source: eb-transform-target-input.html. */
function parsePath(text: unknown): Path {
  if (typeof text !== 'string' || !/^\$(?:\.[\w-]+|\[\d+\])*$/.test(text))
    throw invalid(`Invalid path ${String(text)}`);
  return text.match(/[\w-]+/g) ?? [];
}

function valueAt(event: BusEvent, path: Path): unknown {
  let value: unknown = event;
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value;
}

function invalid(message: string): AwsError {
  return new AwsError('ValidationException', message);
}
