import { ACCOUNT_ROUTES } from './account-routes.ts';
import { CLIENT_ROUTES } from './client-routes.ts';
import { ORDER_DESK_ROUTES } from './order-desk-routes.ts';
import { ORDER_ROUTES } from './order-routes.ts';
import { PRICE_ROUTES } from './price-routes.ts';
import type { Route } from './route.ts';
import { STAFF_MEMBER_ROUTES } from './staff-member-routes.ts';
import { STAFF_ROUTES } from './staff-routes.ts';
import { STREAM_ROUTES } from './stream-routes.ts';
import { SUITABILITY_ROUTES } from './suitability-routes.ts';
import { WEBHOOK_ROUTES } from './webhook-routes.ts';

/** Every operation of the REST API: what API Gateway, its models, the handlers and the OpenAPI document are made from. */
export const ROUTES = {
  ...ORDER_ROUTES,
  ...ORDER_DESK_ROUTES,
  ...ACCOUNT_ROUTES,
  ...PRICE_ROUTES,
  ...STREAM_ROUTES,
  ...CLIENT_ROUTES,
  ...SUITABILITY_ROUTES,
  ...STAFF_MEMBER_ROUTES,
  ...STAFF_ROUTES,
  ...WEBHOOK_ROUTES,
} as const satisfies Record<string, Route>;

export const ALL_ROUTES: readonly Route[] = Object.values(ROUTES);
