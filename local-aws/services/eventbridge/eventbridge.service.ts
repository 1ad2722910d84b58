import type { Kernel } from '../../kernel/kernel.ts';
import { refuseUnknownProperties } from '../../kernel/known-properties.ts';
import type { ResourceType, Service } from '../../kernel/service.ts';
import { eventbridgeAccess } from './access.ts';
import { Buses } from './buses.ts';
import { Dispatcher } from './dispatcher.ts';
import { putEvents } from './put-events.ts';
import { ScheduledRules } from './scheduled-rules.ts';

export function createEventbridge(kernel: Kernel): Service {
  const buses = new Buses(kernel);
  const dispatcher = new Dispatcher(kernel, buses);
  const scheduledRules = new ScheduledRules(kernel, buses, dispatcher);
  return {
    name: 'events',
    protocol: { kind: 'aws-json', version: '1.1', target: 'AWSEvents' },
    operations: { PutEvents: putEvents(kernel, buses, dispatcher) },
    access: eventbridgeAccess(buses),
    deliveryAction: 'events:PutEvents',
    resources: {
      'AWS::Events::EventBus': eventBusResource(buses),
      'AWS::Events::Rule': ruleResource(buses, scheduledRules),
    },
    deliver: dispatcher.deliver,
    start: () => {
      dispatcher.start();
      scheduledRules.start();
    },
    stop: () => {
      scheduledRules.stop();
      dispatcher.stop();
    },
  };
}

function eventBusResource(buses: Buses): ResourceType {
  return {
    apply: ({ logicalId, properties }) => {
      const { Name = logicalId, Description: _, Tags: __, ...unknown } = properties;
      refuseUnknownProperties('AWS::Events::EventBus', unknown);
      const { name, arn } = buses.create(String(Name));
      return { ref: name, attributes: { Arn: arn, Name: name } };
    },
  };
}

/** A rule without name takes its logical id, which stays the same over restarts. */
function ruleResource(buses: Buses, scheduledRules: ScheduledRules): ResourceType {
  return {
    apply: ({ logicalId, properties }) => {
      const { Name = logicalId, EventBusName, ...rest } = properties;
      const rule = buses.putRule(EventBusName, String(Name), rest);
      scheduledRules.arm(rule);
      const ref = rule.busName === 'default' ? rule.name : `${rule.busName}|${rule.name}`;
      return { ref, attributes: { Arn: rule.arn } };
    },
  };
}
