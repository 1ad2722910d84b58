import { openApiDocument } from '@brokerage/contracts/routes/openapi';
import { ROUTES } from '@brokerage/contracts/routes/routes';
import { answer } from '../platform/api-answer.ts';
import { apiHandler } from '../platform/api-handler.ts';

const document = openApiDocument();

export const handler = apiHandler(ROUTES.getOpenapi, async () => answer(document));
