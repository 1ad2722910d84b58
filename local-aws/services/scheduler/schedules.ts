import type { Kernel } from '../../kernel/kernel.ts';
import { invalid, parseSchedule, type Schedule } from './schedule.ts';
import type { ScheduleRunner } from './schedule-runner.ts';
import { ScheduleStore } from './schedule-store.ts';

interface Known {
  readonly schedule: Schedule;
  /** Properties it was read from, to tell a change from a restart. */
  readonly properties: string;
}

/** Every schedule of the account by group and name, written through to the store. */
export class Schedules {
  readonly #kernel: Kernel;
  readonly #runner: ScheduleRunner;
  readonly #store: ScheduleStore;
  readonly #groups = new Set(['default']);
  readonly #byArn = new Map<string, Known>();

  constructor(kernel: Kernel, runner: ScheduleRunner) {
    this.#kernel = kernel;
    this.#runner = runner;
    this.#store = new ScheduleStore(kernel.store);
    for (const name of this.#store.groups()) this.#groups.add(name);
    for (const row of this.#store.schedules()) {
      const { schedule, properties } = this.#read(row.groupName, row.name, row.properties, row.createdAtMs);
      this.#byArn.set(schedule.arn, { schedule, properties });
    }
  }

  /** Arms what an earlier process left; what was made in this one is armed already. */
  start(): void {
    const nowMs = this.#kernel.clock.nowMs();
    for (const { schedule } of this.#byArn.values()) {
      if (!this.#runner.isArmed(schedule)) this.#runner.arm(schedule, nowMs);
    }
  }

  /** ARN of the group. */
  createGroup(name: string): string {
    checkName(name);
    this.#store.putGroup(name);
    this.#groups.add(name);
    return this.#kernel.arn('scheduler', `schedule-group/${name}`);
  }

  /** Creates or changes a schedule; one that is the same stays as it is, and so does the start of its rate. */
  put(groupName: string, name: string, properties: Readonly<Record<string, unknown>>): Schedule {
    checkName(name);
    if (!this.#groups.has(groupName)) throw invalid(`Schedule group ${groupName} does not exist.`);
    const createdAtMs = this.#kernel.clock.nowMs();
    const read = this.#read(groupName, name, properties, createdAtMs);
    const existing = this.#byArn.get(read.schedule.arn);
    if (existing?.properties === read.properties) return existing.schedule;
    this.#store.putSchedule({ groupName, name, properties, createdAtMs });
    this.#byArn.set(read.schedule.arn, read);
    // A rate begins with a run at once. Source: schedule-types.html.
    this.#runner.arm(read.schedule, read.schedule.expression.kind === 'rate' ? createdAtMs - 1 : createdAtMs);
    return read.schedule;
  }

  #read(groupName: string, name: string, properties: Readonly<Record<string, unknown>>, createdAtMs: number): Known {
    const arn = this.#kernel.arn('scheduler', `schedule/${groupName}/${name}`);
    return { schedule: parseSchedule({ name, arn, createdAtMs }, properties), properties: JSON.stringify(properties) };
  }
}

function checkName(name: string): void {
  if (!/^[\w.-]{1,64}$/.test(name)) throw invalid(`Name ${name} is not valid.`);
}
