import { notSupported } from '../kernel/aws-error.ts';
import { NO_VALUE } from './intrinsics.ts';
import { TemplateError, type TemplateParameter } from './template.ts';

/** The CDK's version check of its bootstrap stack: there is none here, and nothing but `Rules` reads it. */
export const BOOTSTRAP_PARAMETER = 'BootstrapVersion';

/** Values of a template's parameters: given, else default. */
export function parameterValues(
  declared: Readonly<Record<string, TemplateParameter>>,
  given: Readonly<Record<string, string>>,
): Map<string, unknown> {
  const values = new Map<string, unknown>();
  for (const name of Object.keys(given)) {
    if (!Object.hasOwn(declared, name)) throw new TemplateError(`Parameters.${name}`, 'is given but not declared');
  }
  for (const [name, parameter] of Object.entries(declared)) {
    if (name === BOOTSTRAP_PARAMETER) continue;
    const path = `Parameters.${name}`;
    const value = given[name] ?? parameter.Default;
    if (value === undefined) throw new TemplateError(path, 'has neither a value nor a default');
    values.set(name, parsed(parameter, value, path));
  }
  return values;
}

const KNOWN_KEYS = new Set([
  'Type',
  'Default',
  'AllowedValues',
  'AllowedPattern',
  'Description',
  'ConstraintDescription',
  'NoEcho',
]);

function parsed(parameter: TemplateParameter, value: unknown, path: string): unknown {
  const unknown = Object.keys(parameter).find((key) => !KNOWN_KEYS.has(key));
  if (unknown !== undefined) throw notSupported(`${path}: ${unknown}`);
  const text = String(value);
  if (parameter.AllowedValues && !parameter.AllowedValues.map(String).includes(text)) {
    throw new TemplateError(path, `"${text}" is not one of ${parameter.AllowedValues.join(', ')}`);
  }
  if (parameter.AllowedPattern !== undefined && !new RegExp(`^(?:${parameter.AllowedPattern})$`).test(text)) {
    throw new TemplateError(path, `"${text}" does not match ${parameter.AllowedPattern}`);
  }
  return typed(parameter.Type, text, path);
}

function typed(type: string, text: string, path: string): unknown {
  switch (type) {
    case 'String':
      return text;
    case 'Number':
      if (text.trim() === '' || Number.isNaN(Number(text))) throw new TemplateError(path, `"${text}" is not a number`);
      return text;
    case 'CommaDelimitedList':
    case 'List<String>':
    case 'List<Number>':
      return text.split(',').map((item) => item.trim());
    default:
      throw notSupported(`${path}: parameter type ${type}`);
  }
}

/** Source: CloudFormation user guide, "Pseudo parameters reference". */
export function pseudoParameters(stackName: string, accountId: string, region: string): Map<string, unknown> {
  return new Map<string, unknown>([
    ['AWS::AccountId', accountId],
    ['AWS::Region', region],
    ['AWS::Partition', 'aws'],
    ['AWS::URLSuffix', 'amazonaws.com'],
    ['AWS::StackName', stackName],
    ['AWS::StackId', `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/${STACK_UUID}`],
    ['AWS::NoValue', NO_VALUE],
  ]);
}

/** AWS makes a new one for each creation of a stack; here a stack is the same for ever, across restarts. */
const STACK_UUID = '00000000-0000-0000-0000-000000000000';
