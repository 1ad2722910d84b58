import { notSupported } from '../aws-error.ts';

/** Who asks, as the `Principal` element of a policy may name it. */
export interface Caller {
  /** ARNs of the role and of its session, or of the administrator; none for a service that acts for itself. */
  readonly arns: readonly string[];
  readonly accountId: string | undefined;
  readonly service: string | undefined;
}

/** `ACCOUNT`: not the caller but its whole account is named, which leaves the decision to the caller's own policies. */
export type PrincipalMatch = 'CALLER' | 'ACCOUNT' | 'NONE';

/** Reads a `Principal`. Source: IAM user guide, "AWS JSON policy elements: Principal". */
export function compilePrincipal(element: unknown): (caller: Caller) => PrincipalMatch {
  if (element === '*') return () => 'CALLER';
  const { AWS, Service, ...others } = (element ?? {}) as Record<string, unknown>;
  const [other] = Object.keys(others);
  if (other) throw notSupported(`the principal ${other}`);
  const services = new Set(listed(Service));
  const names = new Set(listed(AWS));
  return ({ arns, accountId, service }) => {
    if (service !== undefined && services.has(service)) return 'CALLER';
    if (names.has('*') || arns.some((arn) => names.has(arn))) return 'CALLER';
    if (accountId === undefined) return 'NONE';
    return names.has(accountId) || names.has(`arn:aws:iam::${accountId}:root`) ? 'ACCOUNT' : 'NONE';
  };
}

function listed(value: unknown): readonly string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}
