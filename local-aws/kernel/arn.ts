/** Third part of an ARN: the owner of the resource. */
export function serviceOfArn(arn: string): string {
  const service = arn.split(':', 3)[2];
  if (!service) throw new TypeError(`not an ARN: ${arn}`);
  return service;
}
