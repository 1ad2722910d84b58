/** The answers API Gateway gives itself: status, `x-amzn-ErrorType` and default message of each type. */
interface GatewayResponseType {
  readonly status: number;
  readonly errorType: string;
  readonly message: string | null;
}

const type = (status: number, errorType: string, message: string | null): GatewayResponseType => ({
  status,
  errorType,
  message,
});

/**
 * Source: "Gateway response types for API Gateway" for types and statuses; messages as measured on AWS.
 * Those that nothing here can cause (signatures, WAF, mapping templates) may still be declared in a template.
 */
export const GATEWAY_RESPONSE_TYPES = {
  ACCESS_DENIED: type(403, 'AccessDeniedException', 'User is not authorized to access this resource'),
  API_CONFIGURATION_ERROR: type(500, 'InternalServerErrorException', 'Internal server error'),
  AUTHORIZER_CONFIGURATION_ERROR: type(500, 'AuthorizerConfigurationException', null),
  AUTHORIZER_FAILURE: type(500, 'AuthorizerFailureException', null),
  BAD_REQUEST_BODY: type(400, 'BadRequestException', 'Invalid request body'),
  BAD_REQUEST_PARAMETERS: type(400, 'BadRequestException', 'Missing required request parameters'),
  DEFAULT_4XX: type(400, 'BadRequestException', 'Bad Request'),
  DEFAULT_5XX: type(500, 'InternalServerErrorException', 'Internal server error'),
  EXPIRED_TOKEN: type(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
  INTEGRATION_FAILURE: type(504, 'InternalServerErrorException', 'Network error communicating with endpoint'),
  INTEGRATION_TIMEOUT: type(504, 'InternalServerErrorException', 'Endpoint request timed out'),
  INVALID_API_KEY: type(403, 'ForbiddenException', 'Forbidden'),
  INVALID_SIGNATURE: type(403, 'InvalidSignatureException', 'The request signature we calculated does not match'),
  MISSING_AUTHENTICATION_TOKEN: type(403, 'MissingAuthenticationTokenException', 'Missing Authentication Token'),
  QUOTA_EXCEEDED: type(429, 'LimitExceededException', 'Limit Exceeded'),
  REQUEST_TOO_LARGE: type(413, 'RequestTooLargeException', 'Request Too Long'),
  RESOURCE_NOT_FOUND: type(404, 'NotFoundException', 'Not Found'),
  THROTTLED: type(429, 'TooManyRequestsException', 'Too Many Requests'),
  UNAUTHORIZED: type(401, 'UnauthorizedException', 'Unauthorized'),
  UNSUPPORTED_MEDIA_TYPE: type(415, 'BadRequestException', 'Unsupported Media Type'),
  WAF_FILTERED: type(403, 'ForbiddenException', 'Forbidden'),
} as const satisfies Record<string, GatewayResponseType>;

export type GatewayResponseName = keyof typeof GATEWAY_RESPONSE_TYPES;

/** Why a request ended before, or instead of, the function's own answer. */
export interface Refusal {
  readonly type: GatewayResponseName;
  readonly message: string | null;
  /** Unless the template sets another: that of the type. */
  readonly status: number;
  readonly validationError?: string;
}

export function refuse(
  name: GatewayResponseName,
  details: { message?: string; status?: number; validationError?: string } = {},
): Refusal {
  const { status, message } = GATEWAY_RESPONSE_TYPES[name];
  return { type: name, status, message, ...details };
}
