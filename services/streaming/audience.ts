/** A new subscription is heard at the latest after this, and so often the table is read by each environment that has something to tell. */
export const AUDIENCE_TTL_MS = 1_000;

/** Reads who listens once a second, while there is something to tell. */
export function createAudience<Audience>(read: () => Promise<Audience>, now: () => number): () => Promise<Audience> {
  let audience: Promise<Audience> | null = null;
  let untilMs = 0;
  return async () => {
    if (!audience || now() >= untilMs) {
      untilMs = now() + AUDIENCE_TTL_MS;
      audience = read();
      audience.catch(() => {
        audience = null; // its caller has the error; the next one reads again
      });
    }
    return audience;
  };
}
