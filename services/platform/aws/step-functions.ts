import { SFNClient } from '@aws-sdk/client-sfn';
import { sendDirectly } from './direct-send.ts';
import { withPlainJson } from './plain-json.ts';

export const stepFunctions = sendDirectly(withPlainJson(new SFNClient({})));
