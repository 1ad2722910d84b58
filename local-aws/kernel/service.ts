import type { AccessRule } from './authorization/access-request.ts';
import type { DenialForm } from './authorization/denial.ts';
import type { Principal } from './principal.ts';

/** One simulated AWS service. Each lives in `services/<name>/` and reaches others through the kernel alone. */
export interface Service {
  /** Endpoint prefix, as in an ARN: `sqs`, `dynamodb`, `states`, … */
  readonly name: string;
  /** Wire protocol and how a request on `AWS_PORT` is recognised as this service's. */
  readonly protocol: Protocol;
  /** The API: operation name → handler. What is not here is refused. Input and output are the API's own shapes. */
  readonly operations: Readonly<Record<string, Operation>>;
  /** What each operation needs: from its input to actions on resources. Whatever has none is the administrator's alone. */
  readonly access?: Readonly<Record<string, AccessRule>>;
  /** The action that `deliver` needs on the target. */
  readonly deliveryAction?: string;
  /** JSON of the policy attached to a resource, by its ARN. */
  readonly resourcePolicy?: (resourceArn: string) => string | undefined;
  /** How a refusal by policy is answered, where not as `AccessDeniedException` with status 400. */
  readonly denial?: DenialForm;
  /** CloudFormation resource types this service makes. */
  readonly resources?: Readonly<Record<string, ResourceType>>;
  /** Takes what another service sends to one of this service's ARNs (SNS → SQS, EventBridge → SQS, …). */
  readonly deliver?: (delivery: Delivery) => Promise<void>;
  /** Called once after every resource of the template exists, also after a restart: resume what was under way. */
  readonly start?: () => void;
  /** Stop timers and pumps; durable state stays. */
  readonly stop?: () => Promise<void> | void;
}

/** Input comes as parsed from the wire: an operation checks the shape it relies on and refuses as AWS would. */
// biome-ignore lint/suspicious/noExplicitAny: each operation declares its own input shape; the wire cannot be typed further
export type Operation = (input: any, call: Call) => unknown;

export interface Call {
  readonly principal: Principal;
  readonly requestId: string;
}

export type Protocol =
  | {
      readonly kind: 'aws-json';
      readonly version: '1.0' | '1.1';
      /** Prefix of `X-Amz-Target`, e.g. `AmazonSQS`. */
      readonly target: string;
    }
  | { readonly kind: 'aws-query'; readonly version: string; readonly xmlNamespace: string }
  | {
      /** REST services name the operation by method and path; `route` does, and `respond` writes the answer. */
      readonly kind: 'rest';
      readonly route: (request: WireRequest) => { operation: string; input: unknown } | undefined;
      readonly respond: (operation: string, output: unknown, requestId: string) => WireResponse;
      readonly respondError: (error: import('./aws-error.ts').AwsError, requestId: string) => WireResponse;
    };

export interface WireRequest {
  readonly method: string;
  /** Without query string, percent-encoding kept. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

export interface WireResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | string;
}

/** How one CloudFormation type comes to be. `apply` creates or, after a restart or a change of template, updates. */
export interface ResourceType {
  readonly apply: (resource: ResourceDefinition) => AppliedResource;
}

export interface ResourceDefinition {
  readonly logicalId: string;
  readonly type: string;
  /** Intrinsics resolved. The type checks them and refuses properties it does not have. */
  readonly properties: Readonly<Record<string, unknown>>;
}

export interface AppliedResource {
  /** What `Ref` gives. */
  readonly ref: string;
  /** What `Fn::GetAtt` gives. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

export interface Delivery {
  readonly targetArn: string;
  readonly body: string;
  /** Message attributes, in SQS's shape, where the sender has them. */
  readonly attributes?: Readonly<Record<string, { DataType: string; StringValue?: string; BinaryValue?: string }>>;
  readonly principal: Principal;
}
