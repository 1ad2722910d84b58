import type { Timer } from '../../kernel/clock.ts';
import { MAX_MOVES_PER_SECOND } from './limits.ts';
import type { StoredMessage } from './message-store.ts';
import type { MoveTask, MoveTaskStore } from './move-task-store.ts';
import type { Queue } from './queues.ts';
import type { SqsContext } from './sqs-context.ts';

/** Moves a dead-letter queue's visible messages to where they came from, or to a given queue, a portion each second. */
export class MoveTaskRunner {
  readonly #context: SqsContext;
  readonly #tasks: MoveTaskStore;
  readonly #timers = new Map<string, Timer>();

  constructor(context: SqsContext, tasks: MoveTaskStore) {
    this.#context = context;
    this.#tasks = tasks;
  }

  /** Takes up the tasks that a restart interrupted. */
  start(): void {
    for (const task of this.#tasks.running()) this.run(task.id);
  }

  stop(): void {
    for (const timer of this.#timers.values()) timer.cancel();
    this.#timers.clear();
  }

  /** Moves this second's portion now, and the rest by the clock. */
  run(taskId: string): void {
    this.#timers.delete(taskId);
    const task = this.#tasks.get(taskId);
    if (task?.status !== 'RUNNING') return;
    const after = this.#movePortion(task);
    this.#tasks.update(after);
    if (after.status !== 'RUNNING') return;
    const { clock } = this.#context.kernel;
    this.#timers.set(
      taskId,
      clock.setTimer(clock.nowMs() + 1000, () => this.run(taskId)),
    );
  }

  #movePortion(task: MoveTask): MoveTask {
    const { kernel, queues, messages, arrivals } = this.#context;
    const source = queues.ofArn(task.sourceArn);
    if (!source) return { ...task, status: 'FAILED', failureReason: 'AWS.SimpleQueueService.NonExistentQueue' };
    const portion = task.maxPerSecond ?? MAX_MOVES_PER_SECOND;
    const nowMs = kernel.clock.nowMs();
    const candidates = messages.visible(source.id, nowMs, portion);
    const destinations = new Set<Queue>();
    let moved = 0;
    let failureReason: string | null = null;
    for (const message of candidates) {
      const destination = queues.ofArn(task.destinationArn ?? message.deadLetterSourceArn ?? '');
      if (!destination) {
        failureReason = 'CouldNotDetermineMessageSource';
        break;
      }
      this.#move(message, destination, nowMs);
      destinations.add(destination);
      moved += 1;
    }
    for (const destination of destinations) arrivals.visibleFrom(destination, nowMs);
    const ended = candidates.length < portion ? 'COMPLETED' : 'RUNNING';
    return { ...task, moved: task.moved + moved, failureReason, status: failureReason ? 'FAILED' : ended };
  }

  /** A redriven message is a new one: new id, age and receive count. Source: sqs-configure-dead-letter-queue-redrive.html. */
  #move(message: StoredMessage, destination: Queue, nowMs: number): void {
    const { kernel, messages } = this.#context;
    messages.delete(message.sequence);
    messages.insert(destination.id, {
      ...message,
      messageId: kernel.random.uuid(),
      sentAtMs: nowMs,
      visibleAtMs: nowMs,
    });
  }
}
