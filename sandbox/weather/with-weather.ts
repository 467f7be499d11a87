/** A gateway in its weather: before a call is answered it may be held up, throttled, failed, or cut off. */
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { AwsError } from '../aws-error.ts';
import type { Gateway } from '../gateway/gateway.ts';
import type { Handler, Outcome } from '../gateway/outcome.ts';
import type { ServiceFinder } from '../gateway/route.ts';
import { readClaim, type SignatureClaim } from '../gateway/signature-claim.ts';
import type { WireRequest } from '../protocol/protocol.ts';
import type { Clock } from '../timing/clock.ts';
import { chance } from './chance.ts';
import { RequestRates } from './request-rates.ts';
import type { Weather } from './weather.ts';

export interface WeatherOptions {
  readonly gateway: Gateway;
  readonly serviceOf: ServiceFinder;
  readonly clock: Clock;
  /** The account of an access key; rates are counted for each account. */
  readonly accountOf: (accessKeyId: string) => { readonly id: string } | undefined;
  /** Asked at each call, so that the weather may change. */
  readonly weather: () => Weather;
  /** What differs over one account; asked at each call that a known access key makes. */
  readonly weatherOver?: ((accountId: string) => Partial<Weather> | undefined) | undefined;
}

/** Calls that get through are answered as without weather. */
export function withWeather(options: WeatherOptions): Handler {
  const { gateway, clock } = options;
  const rates = new RequestRates();
  let random = chance(options.weather().seed);
  let seed = options.weather().seed;

  return async (request, sourceIp) => {
    const weather = { ...options.weather(), ...local(request) };
    if (weather.seed !== seed) {
      seed = weather.seed;
      random = chance(seed);
    }
    // Every call draws the same numbers, so that one kind of weather does not shift another.
    const [throttle, fail, reset, slow] = [random(), random(), random(), random()];
    const waited = weather.latencyMs > 0 ? delay(weather.latencyMs) : undefined;
    const answered = async (): Promise<Outcome> => {
      if (reset < weather.reset) return { kind: 'reset' };
      const refusal = await refusalOf(request, weather, throttle, fail);
      const response = refusal ?? (await gateway(request, sourceIp));
      return { kind: slow < weather.slow ? 'slow' : 'answer', response };
    };
    const [outcome] = await Promise.all([answered(), waited]);
    return outcome;
  };

  function local(request: WireRequest): Partial<Weather> | undefined {
    const account = options.weatherOver && options.accountOf(claimOf(request)?.accessKeyId ?? '');
    return account && options.weatherOver?.(account.id);
  }

  async function refusalOf(request: WireRequest, weather: Weather, throttle: number, fail: number) {
    if (!weather.requestRates && throttle >= weather.throttled && fail >= weather.failing) return undefined;
    const claim = claimOf(request);
    const service = claim && (await options.serviceOf(claim.service));
    if (!claim || !service) return undefined;
    const { name, protocol } = service;
    const isTooMany = (): boolean => {
      const scope = `${options.accountOf(claim.accessKeyId)?.id ?? 'unknown'} ${claim.region}`;
      const call = `${name}:${protocol.operationName(request) ?? '?'}`;
      return !rates.take(scope, call, clock.now());
    };
    if ((weather.requestRates && isTooMany()) || throttle < weather.throttled)
      return protocol.serialiseError(throttling(name), randomUUID());
    if (fail < weather.failing)
      return protocol.serialiseError(serverFault(fail / weather.failing), randomUUID());
    return undefined;
  }
}

function claimOf(request: WireRequest): SignatureClaim | undefined {
  try {
    return readClaim(request);
  } catch {
    return undefined;
  }
}

/** KMS's text: "AWS KMS throttling" in its developer guide. The Query services say `Throttling`, "Common errors". */
function throttling(service: string): AwsError {
  if (service === 'kms') {
    return new AwsError(
      'ThrottlingException',
      'You have exceeded the rate at which you may call KMS. Reduce the frequency of your calls.',
    );
  }
  const code = service === 'iam' || service === 'sts' ? 'Throttling' : 'ThrottlingException';
  return new AwsError(code, 'Rate exceeded');
}

/** @param draw from 0 to 1 */
function serverFault(draw: number): AwsError {
  return draw < 0.5
    ? new AwsError('InternalFailure', 'The request processing has failed because of an unknown error.', 500)
    : new AwsError(
        'ServiceUnavailable',
        'The request has failed due to a temporary failure of the server.',
        503,
      );
}
