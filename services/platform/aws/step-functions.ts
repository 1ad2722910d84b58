import { SFNClient } from '@aws-sdk/client-sfn';
import { lean } from './lean-client.ts';

export const stepFunctions = lean(new SFNClient({}));
