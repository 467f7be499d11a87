/** Where `labwright sandbox` listens, and `--sandbox` looks, unless told otherwise. */
export const sandboxPort = 4577;
