/** Quotas of SQS. Source: SQSDeveloperGuide, quotas-messages.html and quotas-queues.html. */
export const MAX_MESSAGE_BYTES = 1_048_576;
export const MIN_MAXIMUM_MESSAGE_BYTES = 1_024;
export const MAX_BATCH_ENTRIES = 10;
export const MAX_MESSAGE_ATTRIBUTES = 10;
export const MAX_ATTRIBUTE_NAME_CHARACTERS = 256;
export const MAX_DELAY_SECONDS = 900;
export const MAX_WAIT_SECONDS = 20;
export const MAX_VISIBILITY_SECONDS = 43_200;
export const MIN_RETENTION_SECONDS = 60;
export const MAX_RETENTION_SECONDS = 1_209_600;
/** In-flight messages of a standard queue. */
export const MAX_IN_FLIGHT = 120_000;
export const MAX_RECEIVE_COUNT = 1_000;
export const PURGE_INTERVAL_MS = 60_000;
/** `MaxNumberOfMessagesPerSecond` of StartMessageMoveTask, and what a task without it moves each second here. */
export const MAX_MOVES_PER_SECOND = 500;
