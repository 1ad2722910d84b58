import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LEAN_OPTIONS, lean } from './lean-client.ts';

export const eventbridge = lean(new EventBridgeClient(LEAN_OPTIONS));
