/** The built sandbox as a process of its own, something hostile in front of it, and a client that only wants to work. */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { DynamoDB } from '@aws-sdk/client-dynamodb';
import { IAM } from '@aws-sdk/client-iam';
import { KMS } from '@aws-sdk/client-kms';
import { STS } from '@aws-sdk/client-sts';
import { expect } from 'chai';
import { type RunningSandbox, runSandbox } from '../../support/running-sandbox.ts';
import { type RawAnswer, type RawRequest, send, sign } from '../gateway/signed-request.ts';

const MB = 1024 * 1024;
/** Milliseconds in which an answer counts as one at all; no measure of speed. */
const patience = 8000;
/** What the process may grow by under attack: some bodies of 16 MB at a time, and what they are parsed to. */
const mostGrowth = 400 * MB;

export class HostileScene {
  readonly sandbox: RunningSandbox;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly kms: KMS;
  readonly iam: IAM;
  readonly sts: STS;
  readonly dynamodb: DynamoDB;
  readonly #startedAt: number;

  private constructor(sandbox: RunningSandbox) {
    this.sandbox = sandbox;
    this.credentials = {
      accessKeyId: sandbox.env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: sandbox.env.AWS_SECRET_ACCESS_KEY ?? '',
    };
    const config = {
      endpoint: sandbox.url,
      region: 'us-east-1',
      credentials: this.credentials,
      maxAttempts: 1,
    };
    this.kms = new KMS(config);
    this.iam = new IAM(config);
    this.sts = new STS(config);
    this.dynamodb = new DynamoDB(config);
    this.#startedAt = this.residentBytes();
  }

  static async start(): Promise<HostileScene> {
    return new HostileScene(await runSandbox(['--port', '0', '--log', 'none']));
  }

  /** Ends the sandbox, which must still be the one that was started, no larger than it may be, and willing to go. */
  async close(): Promise<void> {
    expect(this.sandbox.child.exitCode, this.sandbox.log()).to.equal(null);
    for (const client of [this.kms, this.iam, this.sts, this.dynamodb]) client.destroy();
    expect(await this.sandbox.stop()).to.equal(0);
  }

  /**
   * Does what is hostile, while somebody else keeps calling, and is served.
   *
   * @returns what `attack` does
   */
  async endures<Result>(attack: () => Promise<Result>): Promise<Result> {
    let over = false;
    const neighbour = this.#keepCalling(() => over);
    try {
      return await attack();
    } finally {
      over = true;
      const served = await neighbour;
      expect(served).to.be.greaterThan(0);
      expect(this.sandbox.child.exitCode, this.sandbox.log()).to.equal(null);
      const growth = this.residentBytes() - this.#startedAt;
      expect(growth, `${Math.round(growth / MB)} MB more`).to.be.lessThan(mostGrowth);
    }
  }

  /** A signed request, sent as it is. */
  ask(service: string, request: RawRequest): Promise<RawAnswer> {
    return send(this.sandbox.url, this.signed(service, request));
  }

  signed(service: string, request: RawRequest): RawRequest {
    return sign(request, { url: this.sandbox.url, credentials: this.credentials, service });
  }

  /** Bytes of memory that the process holds. Linux says; elsewhere 0, and memory goes unwatched. */
  residentBytes(): number {
    try {
      const status = readFileSync(`/proc/${this.sandbox.child.pid}/status`, 'utf8');
      return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024;
    } catch {
      return 0;
    }
  }

  /** @returns how often it was served @throws when it once was not */
  async #keepCalling(isOver: () => boolean): Promise<number> {
    let served = 0;
    do {
      await this.sts.getCallerIdentity({}, { abortSignal: AbortSignal.timeout(patience) });
      served += 1;
      await delay(20);
    } while (!isOver());
    return served;
  }
}
