import { AwsError, notSupported } from '../../kernel/aws-error.ts';
import type { Kernel } from '../../kernel/kernel.ts';
import type { Operation } from '../../kernel/service.ts';
import type { Bus, Buses } from './buses.ts';
import type { Dispatcher } from './dispatcher.ts';
import { newEvent } from './event.ts';

/** Source: API_PutEvents.html; 1 MB in all since January 2026 (AWS Compute Blog, "More room to build"). */
const MAX_ENTRIES = 10;
const MAX_REQUEST_BYTES = 1_048_576;
/** What a given `Time` counts for. Source: eb-putevents.html, "Calculating event sizes". */
const TIME_BYTES = 14;

interface Entry {
  readonly Source?: string;
  readonly DetailType?: string;
  /** JSON text. */
  readonly Detail?: string;
  /** Epoch seconds. */
  readonly Time?: number;
  readonly Resources?: readonly string[];
  readonly EventBusName?: string;
}

/** Takes each entry on its own; those refused are counted in `FailedEntryCount`, and the call succeeds. */
export function putEvents(kernel: Kernel, buses: Buses, dispatcher: Dispatcher): Operation {
  return (input: { Entries?: readonly Entry[]; EndpointId?: string }) => {
    if (input.EndpointId !== undefined) throw notSupported('EndpointId of PutEvents');
    const entries = checkEntries(input.Entries ?? []);
    const results = entries.map((entry) => {
      try {
        const { bus, detail } = checkEntry(buses, entry);
        const { Source: source = '', DetailType = '', Resources: resources = [], Time } = entry;
        const timeMs = Time === undefined ? kernel.clock.nowMs() : Time * 1000;
        const event = newEvent(kernel, { source, 'detail-type': DetailType, resources, detail }, timeMs);
        dispatcher.dispatch(bus, event);
        return { EventId: event.id };
      } catch (error) {
        if (!(error instanceof AwsError)) throw error;
        return { ErrorCode: error.code, ErrorMessage: error.message };
      }
    });
    return { FailedEntryCount: results.filter((result) => 'ErrorCode' in result).length, Entries: results };
  };
}

function checkEntries(entries: readonly Entry[]): readonly Entry[] {
  if (entries.length === 0 || entries.length > MAX_ENTRIES) {
    const bound = entries.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${MAX_ENTRIES}`;
    const constraint = `failed to satisfy constraint: Member must have length ${bound}`;
    throw new AwsError('ValidationException', `1 validation error detected: Value at 'entries' ${constraint}`);
  }
  if (entries.reduce((bytes, entry) => bytes + sizeOf(entry), 0) > MAX_REQUEST_BYTES) {
    throw new AwsError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  return entries;
}

function sizeOf({ Source = '', DetailType = '', Detail = '', Resources = [], Time }: Entry): number {
  return Buffer.byteLength(Source + DetailType + Detail + Resources.join('')) + (Time === undefined ? 0 : TIME_BYTES);
}

/** Differs from AWS: an entry for a bus that is not there is refused, not dropped. */
function checkEntry(buses: Buses, entry: Entry): { bus: Bus; detail: unknown } {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (!entry[name]) {
      const reason = `${name} is a required argument.`;
      throw new AwsError('InvalidArgument', `Parameter ${name} is not valid. Reason: ${reason}`);
    }
  }
  if (entry.Source?.startsWith('aws.')) {
    throw new AwsError('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  return { bus: buses.bus(entry.EventBusName), detail: parseDetail(entry.Detail ?? '') };
}

function parseDetail(text: string): unknown {
  try {
    const detail: unknown = JSON.parse(text);
    if (typeof detail === 'object' && detail !== null && !Array.isArray(detail)) return detail;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new AwsError('MalformedDetail', 'Detail is malformed.');
}
