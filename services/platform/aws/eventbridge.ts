import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { lean } from './lean-client.ts';

export const eventbridge = lean(new EventBridgeClient({}));
