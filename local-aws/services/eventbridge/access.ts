import type { AccessRule } from '../../kernel/authorization/access-request.ts';
import type { Buses } from './buses.ts';

/** One call may put events on several buses: it needs all of them. */
export function eventbridgeAccess(buses: Buses): Readonly<Record<string, AccessRule>> {
  return {
    PutEvents: ({ Entries = [] }: { Entries?: readonly { EventBusName?: string }[] }) => {
      const arns = new Set(Entries.map(({ EventBusName }) => buses.bus(EventBusName).arn));
      return [...arns].map((resource) => ({ action: 'events:PutEvents', resource }));
    },
  };
}
