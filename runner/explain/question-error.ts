/** The question cannot be put: a name that is none, or something that is not there. The message says what to do. */
export class QuestionError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'QuestionError';
  }
}
