import { isUseCase, type Place } from './place.ts';

/** What may not be used in some files, why, and what they do instead. `uses` are those of `Source`, or modules imported. */
export interface Ban {
  readonly about: (place: Place) => boolean;
  readonly uses: RegExp;
  readonly reason: string;
  readonly instead: string;
}

const CLOCK = ['Date\\.now', 'new Date\\(\\)', 'performance\\.now', 'process\\.hrtime'];
const TIMERS = ['setTimeout\\(\\)', 'setInterval\\(\\)', '(node:)?timers/promises'];
const RANDOMNESS = ['Math\\.random', '(crypto\\.)?(randomUUID|randomBytes|randomInt|getRandomValues)(\\(\\))?'];
const ENVIRONMENT = ['process\\.env'];

const anyOf = (...patterns: readonly string[]) => new RegExp(`^(${patterns.join('|')})$`);

/** The real clock and the inside of an environment, whose `Date` and timers are the kernel's already. */
const LOCAL_AWS_CLOCKS =
  /^local-aws\/(kernel\/system-clock|environments\/(worker|shared-clock|environment-timers|sandbox-[a-z]+))\.ts$/;
/** The simulators' real clock, and the roots of their processes. */
const SIMULATOR_CLOCKS = /^simulators\/(outside\/clock|[a-z]+\/start-[a-z]+|main)\.ts$/;

const isUnitTest = ({ isTest, layer }: Place) => isTest && layer !== 'tests';

export const BANS: readonly Ban[] = [
  {
    about: ({ layer }) => layer === 'domain' || layer === 'contracts',
    uses: anyOf(...CLOCK, ...TIMERS, ...RANDOMNESS, ...ENVIRONMENT, 'console\\.\\w+'),
    reason: 'domain and contracts are pure',
    instead: 'take the instant, the id or the setting as a parameter, and answer with a value',
  },
  {
    about: isUseCase,
    uses: anyOf(...CLOCK, ...TIMERS, ...RANDOMNESS, ...ENVIRONMENT),
    reason: 'a use case is told the time and its settings',
    instead: 'take `now`, an id or the value as a parameter; the handler reads it',
  },
  {
    about: ({ layer, path, isTest }) => layer === 'local-aws' && !isTest && !LOCAL_AWS_CLOCKS.test(path),
    uses: anyOf(...CLOCK, ...TIMERS, ...RANDOMNESS),
    reason: 'the stack has one clock and one source of randomness',
    instead: 'use kernel.clock and kernel.random',
  },
  {
    about: ({ layer, path, isTest }) => layer === 'simulators' && !isTest && !SIMULATOR_CLOCKS.test(path),
    uses: anyOf(...CLOCK, ...TIMERS, ...RANDOMNESS),
    reason: 'a simulator is a function of its clock and its seed',
    instead: 'use the clock and the randomness it is given',
  },
  {
    about: isUnitTest,
    uses: anyOf(...CLOCK, ...TIMERS, ...RANDOMNESS),
    reason: 'a test that sleeps, reads the wall clock or throws dice is slow or fails by chance',
    instead: 'step the clock, await the event, and draw from a printed seed',
  },
  {
    about: ({ isTest }) => isTest,
    uses: /^(it|test|describe|suite|bench)\.(only|skip|todo)$/,
    reason: 'tests left out are tests not run',
    instead: 'remove it, or skipIf with a reason that can be read',
  },
  {
    about: () => true,
    uses: /^as any$/,
    reason: 'any turns the compiler off',
    instead: 'narrow from unknown',
  },
];
