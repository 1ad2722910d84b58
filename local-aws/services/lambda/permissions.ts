/** The policies of functions, which permissions are the statements of. They come from the template at each start. */
export class Permissions {
  /** By function, then by the permission's id. */
  readonly #statements = new Map<string, Map<string, object>>();
  readonly #documents = new Map<string, string>();

  put(functionArn: string, permission: Permission): void {
    const { id, action, principal, sourceArn, sourceAccount } = permission;
    const statement = {
      Sid: id,
      Effect: 'Allow',
      Principal: /^[\w.-]+\.amazonaws\.com$/.test(principal) ? { Service: principal } : { AWS: principal },
      Action: action,
      Resource: functionArn,
      Condition: {
        ...(sourceArn === undefined ? {} : { ArnLike: { 'aws:SourceArn': sourceArn } }),
        ...(sourceAccount === undefined ? {} : { StringEquals: { 'aws:SourceAccount': sourceAccount } }),
      },
    };
    const statements = (this.#statements.get(functionArn) ?? new Map<string, object>()).set(id, statement);
    this.#statements.set(functionArn, statements);
    this.#documents.set(functionArn, JSON.stringify({ Version: '2012-10-17', Statement: [...statements.values()] }));
  }

  /** JSON of a function's policy. */
  policyOf(functionArn: string): string | undefined {
    return this.#documents.get(functionArn);
  }
}

export interface Permission {
  readonly id: string;
  readonly action: string;
  readonly principal: string;
  readonly sourceArn: string | undefined;
  readonly sourceAccount: string | undefined;
}
