import { type AwsError, notSupported } from '../aws-error.ts';
import type { Kernel } from '../kernel.ts';
import type { Principal } from '../principal.ts';
import type { Service } from '../service.ts';
import type { AccessRequest, ContextReader, RequestContext } from './access-request.ts';
import { type Actor, Callers, type RoleSource } from './callers.ts';
import { type DenialReason, denied } from './denial.ts';
import { type Grant, PolicySet, type Verdict } from './policy-set.ts';
import { compileStatements } from './statement.ts';

/** What a role's policies allow, as written. */
export interface RoleGrant extends Grant {
  readonly roleArn: string;
}

/**
 * Decides every call as IAM does within one account. A role may do what its own policies or the resource's policy allow, a service
 * that acts for itself what the resource's policy allows, a KMS key what its key policy allows too; an explicit deny anywhere wins.
 * Whoever has no such policies yet, before IAM's service has been registered, is let through.
 *
 * Differs from AWS: the listeners of a laptop take plain HTTP on its own network, and `aws:SecureTransport` is true for them.
 */
export class Authorization {
  readonly #kernel: Kernel;
  /** By the policy's text, which a service may read anew at each call. */
  readonly #resourcePolicies = new Map<string, PolicySet>();
  #callers: Callers | undefined;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  get isEnforced(): boolean {
    return this.#callers !== undefined;
  }

  /** From now on every call is decided, by these roles. */
  enforce(roles: RoleSource): void {
    this.#callers = new Callers(this.#kernel.accountId, roles);
  }

  /** Roles have changed. */
  forgetRoles(): void {
    this.#callers?.forget();
  }

  /** @throws AwsError the service's own refusal; the log has it too */
  checkCall(service: Service, operation: string, input: unknown, principal: Principal, via?: string): void {
    if (!this.#callers || isInternal(service, principal)) return;
    const rule = service.access?.[operation];
    if (rule) this.check(service, rule(input ?? {}), principal, via);
    else if (principal.kind !== 'administrator') {
      throw notSupported(`${service.name}:${operation} for functions and services, whose permission is not known,`);
    }
  }

  /** @throws AwsError the service's own refusal; the log has it too */
  checkDelivery(service: Service, targetArn: string, principal: Principal): void {
    if (!this.#callers || isInternal(service, principal)) return;
    if (!service.deliveryAction) throw notSupported(`permission for delivery to ${targetArn}`);
    this.check(service, [{ action: service.deliveryAction, resource: targetArn }], principal);
  }

  /** @throws AwsError the service's own refusal; the log has it too */
  check(service: Service, requests: readonly AccessRequest[], principal: Principal, via?: string): void {
    if (!this.#callers) return;
    const actor = this.#callers.actorOf(principal);
    for (const request of requests) {
      const read = this.#reader(request, principal, actor, via);
      const reason = this.#refusal(service, request, principal, actor, read);
      if (reason) throw this.#denied(actor, request, reason, service);
      actor.grants?.policies.used(request.action, request.resource, actor.caller, read);
    }
  }

  /** What every role may do, with the calls since the start or the last reset: a grant without any is not needed, or not tried. */
  grants(): readonly RoleGrant[] {
    return (this.#callers?.all() ?? []).flatMap(({ roleArn, policies }) =>
      policies.grants().map((grant) => ({ roleArn, ...grant })),
    );
  }

  forgetUses(): void {
    for (const { policies } of this.#callers?.all() ?? []) policies.forgetUses();
  }

  #refusal(
    service: Service,
    request: AccessRequest,
    principal: Principal,
    actor: Actor,
    read: ContextReader,
  ): DenialReason | undefined {
    const { action, resource } = request;
    const own = ownVerdict(principal, actor, action, resource, read);
    const policy = service.resourcePolicy?.(resource);
    const theirs: Verdict = policy ? this.#policySet(policy).decide(action, resource, actor.caller, read) : 'NONE';
    if (own === 'DENY') return { kind: 'EXPLICIT_DENY', policy: 'identity-based' };
    if (theirs === 'DENY') return { kind: 'EXPLICIT_DENY', policy: 'resource-based' };
    if (theirs === 'ALLOW') return undefined;
    // A key's policy must open the key to the account before its roles' policies count.
    const isOpen = service.name !== 'kms' || theirs === 'ACCOUNT';
    if (own === 'ALLOW' && isOpen) return undefined;
    const isOwnMissing = own === 'NONE' && actor.caller.service === undefined;
    return { kind: 'NOT_ALLOWED', policy: isOwnMissing ? 'identity-based' : 'resource-based' };
  }

  #policySet(text: string): PolicySet {
    let policies = this.#resourcePolicies.get(text);
    if (!policies) {
      policies = new PolicySet(compileStatements(JSON.parse(text), 'resource'));
      this.#resourcePolicies.set(text, policies);
    }
    return policies;
  }

  #reader(request: AccessRequest, principal: Principal, actor: Actor, via: string | undefined): ContextReader {
    let context: RequestContext | undefined;
    return (key) => {
      switch (key) {
        case 'aws:SecureTransport':
          return 'true';
        case 'aws:SourceArn':
          return principal.kind === 'service' ? principal.sourceArn : undefined;
        case 'aws:SourceAccount':
          return principal.kind === 'service' ? this.#kernel.accountId : undefined;
        case 'aws:PrincipalArn':
          return actor.caller.arns[0];
        case 'kms:CallerAccount':
          return actor.caller.accountId;
        case 'kms:ViaService':
          return via === undefined ? undefined : `${via}.${this.#kernel.region}.amazonaws.com`;
        default:
          context ??= request.context?.() ?? {};
          return context[key];
      }
    };
  }

  #denied(actor: Actor, request: AccessRequest, reason: DenialReason, service: Service): AwsError {
    const error = denied(actor.user, request, reason, service.denial);
    const { clock } = this.#kernel;
    this.#kernel.log({ timeMs: clock.nowMs(), source: 'local-aws/iam', level: 'warn', message: error.message });
    return error;
  }
}

function ownVerdict(
  principal: Principal,
  { caller, grants }: Actor,
  action: string,
  resource: string,
  read: ContextReader,
): Verdict {
  if (principal.kind === 'administrator') return 'ALLOW';
  return grants?.policies.decide(action, resource, caller, read) ?? 'NONE';
}

/** A service needs nobody's leave to work on its own resources: Lambda calls the functions of its mappings. */
function isInternal(service: Service, principal: Principal): boolean {
  return (
    principal.kind === 'service' &&
    principal.roleArn === undefined &&
    principal.service === `${service.name}.amazonaws.com`
  );
}
