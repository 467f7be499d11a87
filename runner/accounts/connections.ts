/** Connections that the callers of many accounts share: each learner has clients of their own, and AWS is the same for all. */
import { type AgentOptions, Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Duplex } from 'node:stream';
import type { NodeHttpHandlerOptions } from '@smithy/types';

/**
 * How long an unused connection is kept, in milliseconds. Servers close theirs after five seconds (Node's default) or more, and
 * what is sent at that very moment gets no answer.
 */
const idleMs = 2000;

// Whoever has many slow calls under way must not keep others waiting.
const options: AgentOptions = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY };

/** For the clients of the SDK. Unused connections keep no program from ending. */
export class Connections {
  /** In the SDK's own type: the package's types must not ask its users for those of Node.js. */
  readonly agents: Pick<NodeHttpHandlerOptions, 'httpAgent' | 'httpsAgent'> = {
    httpAgent: shared(new HttpAgent(options)),
    httpsAgent: shared(new HttpsAgent(options)),
  };
}

function shared<Agent extends HttpAgent>(agent: Agent): Agent {
  const unused = new WeakMap<Duplex, NodeJS.Timeout>();
  agent.on('free', (socket: Duplex) => {
    unused.set(socket, setTimeout(() => socket.destroy(), idleMs).unref());
  });
  const reuse = agent.reuseSocket.bind(agent);
  agent.reuseSocket = (socket, request) => {
    clearTimeout(unused.get(socket));
    reuse(socket, request);
  };
  // A client that is closed takes nobody else's connections with it.
  agent.destroy = () => undefined;
  return agent;
}
