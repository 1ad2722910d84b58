import { notSupported } from '../../kernel/aws-error.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { AppliedResource, ResourceDefinition, ResourceType } from '../../kernel/service.ts';
import type { LoggingConfiguration } from './state-machine-store.ts';
import type { StatesContext } from './states-context.ts';
import { invalidDefinition, invalidName } from './states-error.ts';

interface Properties {
  readonly StateMachineName?: string;
  readonly StateMachineType?: 'STANDARD' | 'EXPRESS';
  readonly Definition?: unknown;
  readonly DefinitionString?: string;
  readonly DefinitionSubstitutions?: Readonly<Record<string, unknown>>;
  readonly RoleArn: string;
  readonly LoggingConfiguration?: {
    readonly Level?: LoggingConfiguration['level'];
    readonly IncludeExecutionData?: boolean;
    readonly Destinations?: readonly { readonly CloudWatchLogsLogGroup: { readonly LogGroupArn: string } }[];
  };
  readonly TracingConfiguration?: { readonly Enabled?: boolean };
  readonly Tags?: unknown;
}

const KNOWN = [
  ...['StateMachineName', 'StateMachineType', 'Definition', 'DefinitionString', 'DefinitionSubstitutions'],
  ...['RoleArn', 'LoggingConfiguration', 'TracingConfiguration', 'Tags'],
];

/** Source: Step Functions API reference, CreateStateMachine. A logical id ends with what makes it unique. */
const NAME = /^[\w-]{1,80}$/;
const MAX_NAME_LENGTH = 80;

/**
 * `AWS::StepFunctions::StateMachine`, Express only.
 *
 * Differs from AWS: TracingConfiguration is kept and described, no trace is written; what LoggingConfiguration asks for goes to
 * the stack's own log, one entry an execution.
 */
export function stateMachineResource(context: StatesContext): ResourceType {
  return { apply: (resource) => apply(context, resource) };
}

function apply({ kernel, machines }: StatesContext, resource: ResourceDefinition): AppliedResource {
  refuseUnknownProperties(resource.type, resource.properties, KNOWN);
  const properties = resource.properties as unknown as Properties;
  const type = properties.StateMachineType ?? 'STANDARD';
  if (type !== 'EXPRESS') throw notSupported(`StateMachineType ${type} of ${resource.type}`);
  const name = properties.StateMachineName ?? resource.logicalId.slice(-MAX_NAME_LENGTH);
  if (!NAME.test(name)) throw invalidName(name);
  const machine = machines.put({
    name,
    definition: definitionOf(properties),
    roleArn: properties.RoleArn,
    createdAtMs: kernel.clock.nowMs(),
    logging: loggingOf(properties),
    tracing: { enabled: properties.TracingConfiguration?.Enabled ?? false },
  });
  return { ref: machine.arn, attributes: { Arn: machine.arn, Name: name } };
}

function definitionOf(properties: Properties): string {
  const { Definition, DefinitionString, DefinitionSubstitutions = {} } = properties;
  if ((Definition === undefined) === (DefinitionString === undefined)) {
    throw invalidDefinition('exactly one of Definition and DefinitionString is needed');
  }
  let text = DefinitionString ?? JSON.stringify(Definition);
  for (const [name, value] of Object.entries(DefinitionSubstitutions)) {
    text = text.replaceAll(`\${${name}}`, String(value));
  }
  return text;
}

function loggingOf({ LoggingConfiguration: given = {} }: Properties): LoggingConfiguration {
  return {
    level: given.Level ?? 'OFF',
    includeExecutionData: given.IncludeExecutionData ?? false,
    destinations: (given.Destinations ?? []).map(({ CloudWatchLogsLogGroup }) => ({
      cloudWatchLogsLogGroup: { logGroupArn: CloudWatchLogsLogGroup.LogGroupArn },
    })),
  };
}
