import type { AttributeMap } from '../platform/attribute-value.ts';

/** A record of the Audit table's stream; `image` is null for anything but a new item. */
export interface AuditRecord {
  readonly sequenceNumber: string;
  readonly image: AttributeMap | null;
}

/** A record as Lambda brings it, and as GetRecords answers it. */
interface StreamRecord {
  readonly eventName?: string;
  readonly dynamodb?: { readonly SequenceNumber?: string; readonly NewImage?: object };
}

export function auditRecord({ eventName, dynamodb }: StreamRecord): AuditRecord {
  const image = eventName === 'INSERT' ? dynamodb?.NewImage : undefined;
  return { sequenceNumber: dynamodb?.SequenceNumber ?? '', image: (image as AttributeMap | undefined) ?? null };
}
