/** What a call needs: one action on one resource, under the conditions of the request. */
export interface AccessRequest {
  /** As in a policy: `dynamodb:PutItem`. */
  readonly action: string;
  /** ARN, or `*` where the action knows no resources. */
  readonly resource: string;
  /** Condition keys that this request has; worked out only when a policy asks for one. */
  readonly context?: () => RequestContext;
}

/** By condition key, as AWS spells it: `kms:EncryptionContext:client`. */
export type RequestContext = Readonly<Record<string, string | readonly string[] | undefined>>;

/** Reads one condition key of a request; undefined when the request does not have it. */
export type ContextReader = (key: string) => string | readonly string[] | undefined;

// biome-ignore lint/suspicious/noExplicitAny: each operation declares its own input shape, as in Operation
export type AccessRule = (input: any) => readonly AccessRequest[];
