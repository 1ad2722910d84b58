import type { SignedPost } from '../outside/signed-post.ts';

/** A webhook receiver that keeps what it was sent and answers as it is told. */
export class RecordingReceiver {
  readonly posts: SignedPost[] = [];
  /** Status of each answer to come, null for none at all; 204 when the list is empty. */
  readonly answers: (number | null)[] = [];

  readonly send = async (post: SignedPost): Promise<number> => {
    this.posts.push(post);
    const answer = this.answers.length > 0 ? this.answers.shift() : 204;
    if (answer === null || answer === undefined) throw new Error('no answer');
    return answer;
  };

  /** The items of every delivery so far, by the name of their array. */
  items<Item>(bodyKey: string): Item[][] {
    return this.posts.map(({ body }) => JSON.parse(body)[bodyKey] as Item[]);
  }
}
