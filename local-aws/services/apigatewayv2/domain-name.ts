import type { Kernel } from '../../kernel/kernel.ts';

/** Where AWS serves an API. Functions see this name, whatever address a client of the local stack has used. */
export function domainNameOf(kernel: Kernel, apiId: string): string {
  return `${apiId}.execute-api.${kernel.region}.amazonaws.com`;
}
