import type { AccessRule } from '../../../kernel/authorization/access-request.ts';
import type { Kernel } from '../../../kernel/kernel.ts';

/** The control plane is permitted by method and path. Source: Service Authorization Reference, Amazon API Gateway Management. */
export function apigatewayAccess(kernel: Kernel): Readonly<Record<string, AccessRule>> {
  const on = (method: string, path: string) => [
    { action: `apigateway:${method}`, resource: `arn:aws:apigateway:${kernel.region}::${path}` },
  ];
  return {
    CreateApiKey: () => on('POST', '/apikeys'),
    GetApiKeys: () => on('GET', '/apikeys'),
    DeleteApiKey: ({ apiKey }) => on('DELETE', `/apikeys/${apiKey}`),
    GetUsagePlans: () => on('GET', '/usageplans'),
    CreateUsagePlanKey: ({ usagePlanId }) => on('POST', `/usageplans/${usagePlanId}/keys`),
    DeleteUsagePlanKey: ({ usagePlanId, keyId }) => on('DELETE', `/usageplans/${usagePlanId}/keys/${keyId}`),
  };
}
