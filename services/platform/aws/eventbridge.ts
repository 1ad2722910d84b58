import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { sendDirectly } from './direct-send.ts';

export const eventbridge = sendDirectly(new EventBridgeClient({}));
