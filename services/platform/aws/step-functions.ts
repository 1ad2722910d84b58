import { SFNClient } from '@aws-sdk/client-sfn';
import { sendDirectly } from './direct-send.ts';

export const stepFunctions = sendDirectly(new SFNClient({}));
