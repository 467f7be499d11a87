import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { RecordingProblem, readRecording, readRun, writeRecording } from '../../../runner/recording/file.ts';
import { Recorder } from '../../../runner/recording/recorder.ts';
import type { Recording } from '../../../runner/recording/recording.ts';
import { startSandbox } from '../../../sandbox/sandbox.ts';
import { firstLab, readLab } from '../../support/labs.ts';
import { SandboxLearner } from '../../support/recorded-runs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import '../../support/quiet-sdk.ts';

async function problemOf(reading: Promise<unknown>): Promise<string> {
  const error = await reading.then(
    () => expect.fail('it was read'),
    (thrown: unknown) => thrown,
  );
  expect(error).to.be.instanceOf(RecordingProblem);
  return (error as Error).message;
}

describe('the file of a recording', function () {
  this.timeout(30_000);
  let folder: Awaited<ReturnType<typeof temporaryFolder>>;
  let recording: Recording;
  let secrets: string[];

  before(async () => {
    folder = await temporaryFolder();
    const { lab, proof } = await readLab(firstLab);
    const sandbox = await startSandbox();
    try {
      const learner = new SandboxLearner(lab, sandbox);
      for (const { id } of lab.stages.slice(0, 4)) await learner.do(proof[id]?.solution ?? []);
      secrets = [learner.administrator.secretAccessKey];
      // What passes the recorder is looked at before it gets there: the key made for the probe, and a plaintext data key.
      const watched = Recorder.prototype.caller;
      Recorder.prototype.caller = function (inner, by) {
        const send: typeof inner.send = async (...call) => {
          const answer = await inner.send(...call);
          const { SecretAccessKey } = (answer.output.AccessKey ?? {}) as { SecretAccessKey?: string };
          if (SecretAccessKey) secrets.push(SecretAccessKey);
          return answer;
        };
        return watched.call(
          this,
          Object.assign(Object.create(inner), {
            region: inner.region,
            send,
            inRegion: inner.inRegion.bind(inner),
            close: inner.close.bind(inner),
          }),
          by,
        );
      };
      try {
        await learner.check();
      } finally {
        Recorder.prototype.caller = watched;
      }
      const recorder = new Recorder();
      const owner = recorder.caller(learner.callerFor(learner.administrator));
      const { output } = await owner.send('kms:GenerateDataKey', {
        KeyId: 'alias/nextwork-kms-key',
        KeySpec: 'AES_256',
      });
      const plaintext = Buffer.from(output.Plaintext as Uint8Array);
      secrets.push(plaintext.toString('base64'), plaintext.toString('hex'));
      owner.close();
      const [kept] = learner.state.recordings;
      if (!kept) throw new Error('The run left no recording.');
      recording = { run: kept.run, calls: [...kept.calls, ...recorder.calls] };
    } finally {
      await sandbox.close();
    }
  });
  after(() => folder.remove());

  it('gives back what was written, and says what run it is of', async () => {
    const file = join(folder.path, 'a.recording.jsonl.gz');
    await writeRecording(file, recording);
    expect(await readRecording(file)).to.deep.equal(recording);
    expect(await readRun(file)).to.deep.equal(recording.run);
    expect(readdirSync(folder.path), 'drafts').to.deep.equal(['a.recording.jsonl.gz']);
  });

  it('holds every call with who made it, and no secret', async () => {
    const file = join(folder.path, 'b.recording.jsonl.gz');
    await writeRecording(file, recording);
    const text = gunzipSync(readFileSync(file)).toString('utf8');
    expect(secrets).to.have.length.greaterThan(3);
    for (const secret of secrets) expect(text).not.to.include(secret);
    const made = recording.calls.map(({ by, call }) => `${by} ${call}`);
    expect(made).to.include.members([
      'owner sts:GetCallerIdentity',
      'owner kms:DescribeKey',
      'steward iam:CreateAccessKey',
      'steward iam:DeleteAccessKey',
      'probe dynamodb:Scan',
      'owner kms:GenerateDataKey',
    ]);
    for (const { requestId, principal, at, error, output } of recording.calls.slice(0, -1)) {
      expect(requestId).to.match(/./);
      expect(principal).to.match(/^arn:aws:iam::\d{12}:user\//);
      expect(Date.parse(at)).to.be.greaterThan(0);
      expect([error, output].filter((one) => one !== undefined)).to.have.length(1);
    }
  });

  it('says what is wrong with one that was cut off, changed, of another kind or version, or not there', async () => {
    const file = join(folder.path, 'c.recording.jsonl.gz');
    await writeRecording(file, recording);
    const whole = readFileSync(file);
    const text = gunzipSync(whole).toString('utf8');

    truncateSync(file, Math.floor(whole.length / 2));
    expect(await problemOf(readRecording(file))).to.include('c.recording.jsonl.gz: ends in the middle');
    writeFileSync(file, 'no gzip at all');
    expect(await problemOf(readRecording(file))).to.include('cannot be unpacked');
    writeFileSync(file, gzipSync('{"hello": 1}\n{}\n'));
    expect(await problemOf(readRecording(file))).to.include('not a recording of Labwright');
    writeFileSync(file, gzipSync(text.replace('recording/v1', 'recording/v9')));
    expect(await problemOf(readRecording(file))).to.include('labwright/recording/v9');
    writeFileSync(file, gzipSync(text.replace('"verdict":"fail"', '"verdict":"pass"')));
    expect(await problemOf(readRecording(file))).to.include('changed after it was written');
    expect(await problemOf(readRecording(join(folder.path, 'none')))).to.include('cannot be read');
    writeFileSync(file, gzipSync(Buffer.alloc(80 * 1024 * 1024)));
    expect(await problemOf(readRecording(file))).to.include('too large');
  });
});
