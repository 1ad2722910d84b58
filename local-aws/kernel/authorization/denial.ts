import { AwsError } from '../aws-error.ts';
import type { AccessRequest } from './access-request.ts';

/** How a service answers what is not allowed. */
export interface DenialForm {
  readonly code: string;
  readonly status: number;
}

/** Most services of the JSON protocols. */
const STANDARD_FORM: DenialForm = { code: 'AccessDeniedException', status: 400 };

export type DenialReason =
  | { readonly kind: 'EXPLICIT_DENY'; readonly policy: PolicyType }
  | { readonly kind: 'NOT_ALLOWED'; readonly policy: PolicyType };

type PolicyType = 'identity-based' | 'resource-based';

/** Source: IAM user guide, "Troubleshoot access denied error messages". */
export function denied(user: string, request: AccessRequest, reason: DenialReason, form = STANDARD_FORM): AwsError {
  const { action, resource } = request;
  const because =
    reason.kind === 'EXPLICIT_DENY'
      ? `with an explicit deny in ${reason.policy === 'identity-based' ? 'an' : 'a'} ${reason.policy} policy`
      : `because no ${reason.policy} policy allows the ${action} action`;
  const message = `User: ${user} is not authorized to perform: ${action} on resource: ${resource} ${because}`;
  return new AwsError(form.code, message, { status: form.status });
}
