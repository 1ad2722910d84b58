import { SFNClient } from '@aws-sdk/client-sfn';
import { LEAN_OPTIONS, lean } from './lean-client.ts';

export const stepFunctions = lean(new SFNClient(LEAN_OPTIONS));
