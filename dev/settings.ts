import { join } from 'node:path';

/** Where the local stack listens and keeps its state: the environment variables of the README. */
export interface Settings {
  readonly apiPort: number;
  readonly awsPort: number;
  readonly exchangePort: number;
  readonly bankPort: number;
  /** A folder, or `:memory:`. */
  readonly dataDir: string;
  /** Off to measure what authorization costs, and for nothing else. */
  readonly enforcesIam: boolean;
}

export function readSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const exchangePort = port(environment, 'EXCHANGE_PORT', 4600);
  return {
    apiPort: port(environment, 'PORT', 3000),
    awsPort: port(environment, 'AWS_PORT', 4566),
    exchangePort,
    bankPort: port(environment, 'BANK_PORT', exchangePort + 1),
    dataDir: environment.DATA_DIR ?? '.local',
    enforcesIam: environment.IAM_ENFORCEMENT !== 'off',
  };
}

/** File of the stack's own state. */
export function statePath(dataDir: string): string {
  return dataDir === ':memory:' ? ':memory:' : join(dataDir, 'aws.db');
}

function port(environment: Readonly<Record<string, string | undefined>>, name: string, standard: number): number {
  const value = Number(environment[name] ?? standard);
  if (Number.isInteger(value) && value >= 0 && value < 65_536) return value;
  throw new Error(`${name} must be a port, not "${environment[name]}"`);
}
