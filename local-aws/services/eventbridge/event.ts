import type { Kernel } from '../../kernel/kernel.ts';

/** An event as rules match it and targets get it. Source: eb-events-structure.html. */
export interface BusEvent {
  readonly version: '0';
  readonly id: string;
  readonly 'detail-type': string;
  readonly source: string;
  readonly account: string;
  /** To the second, as AWS gives it. */
  readonly time: string;
  readonly region: string;
  readonly resources: readonly string[];
  readonly detail: unknown;
}

export function newEvent(
  kernel: Kernel,
  content: Pick<BusEvent, 'detail-type' | 'source' | 'resources' | 'detail'>,
  timeMs: number,
): BusEvent {
  return {
    version: '0',
    id: kernel.random.uuid(),
    'detail-type': content['detail-type'],
    source: content.source,
    account: kernel.accountId,
    time: `${new Date(timeMs).toISOString().slice(0, 19)}Z`,
    region: kernel.region,
    resources: content.resources,
    detail: content.detail,
  };
}
