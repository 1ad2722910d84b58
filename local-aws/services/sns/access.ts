import type { AccessRule } from '../../kernel/authorization/access-request.ts';

/** A batch needs the permission to publish. Source: Service Authorization Reference, Amazon SNS. */
const publish: AccessRule = ({ TopicArn }) => [{ action: 'sns:Publish', resource: String(TopicArn) }];

export const SNS_ACCESS: Readonly<Record<string, AccessRule>> = { Publish: publish, PublishBatch: publish };
