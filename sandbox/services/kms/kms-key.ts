/** The state of KMS as plain data: keys with their aliases, tags and grants. */
import type {
  KeyLastUsageTrackingOperation,
  KeyManagerType,
  KeySpec,
  KeyUsageType,
  OriginType,
  RotationType,
  Tag,
} from '@aws-sdk/client-kms';
import type { NamedPolicy } from '../../../policy/evaluate.ts';
import type { KeyGrant } from '../../../policy/kms.ts';
import type { Former } from '../../timing/former.ts';

/** The key states a sandbox key can be in; AWS has more for custom key stores and replica keys. */
export type SandboxKeyState = 'Enabled' | 'Disabled' | 'PendingDeletion' | 'PendingImport';

export interface KmsKey {
  /** `arn:aws:kms:<region>:<account>:key/<key id>` */
  readonly arn: string;
  /** A UUID, or `mrk-` and 32 hex digits for a multi-Region key. */
  readonly keyId: string;
  readonly accountId: string;
  readonly region: string;
  readonly keySpec: KeySpec;
  readonly keyUsage: KeyUsageType;
  readonly keyManager: KeyManagerType;
  readonly origin: OriginType;
  readonly multiRegion: boolean;
  readonly creationDate: Date;
  description: string;
  state: SandboxKeyState;
  /** When it last became Enabled or ceased to be; absent before the first time. In milliseconds since the epoch. */
  enabledChangedAt?: number;
  /** When the key goes; set in the state PendingDeletion only. */
  deletionDate?: Date;
  /** The key policy as it is evaluated: `policyText`, parsed. */
  policy: NamedPolicy;
  /** The key policy as GetKeyPolicy returns it. */
  policyText: string;
  grants: KmsGrant[];
  /** Policies and grants before changes that do not count yet. */
  formerPolicies?: readonly Former<NamedPolicy>[];
  formerGrants?: readonly Former<readonly KmsGrant[]>[];
  /** An alias lives and dies with the key it points to. */
  aliases: KmsAlias[];
  tags: Tag[];
  /** Automatic rotation; absent while it is off. */
  rotation?: KeyRotation;
  /** A rotation on demand, from when it is asked for until it is carried out. */
  onDemandRotation?: OnDemandRotation;
  /** The last cryptographic operation that a request to KMS succeeded with; absent before the first. */
  lastUsage?: KeyUse;
  /** Oldest first; the last one encrypts. Empty while material is still to be imported. */
  materials: readonly KeyMaterial[];
}

/** What a key computes with. */
export interface KeyMaterial {
  /** 64 hex digits: the KeyMaterialId of answers and ciphertexts. */
  readonly id: string;
  /** The key itself for symmetric and HMAC keys; the private key as PKCS#8 DER for key pairs. */
  readonly secret: Uint8Array;
  /** The rotation that made it; absent for the first material of a key. */
  readonly rotation?: { readonly date: Date; readonly type: RotationType };
}

export interface KeyUse {
  readonly operation: KeyLastUsageTrackingOperation;
  readonly at: Date;
  /** Of the request that used the key. */
  readonly requestId: string;
}

interface KeyRotation {
  readonly periodInDays: number;
  readonly nextDate: Date;
}

interface OnDemandRotation {
  readonly startedAt: Date;
  /** When the new key material takes over. */
  readonly endsAt: Date;
}

export interface KmsGrant extends KeyGrant {
  readonly name?: string;
  readonly creationDate: Date;
  readonly retiringPrincipal?: string;
  /** Account principal of the account that made the grant: `arn:aws:iam::<account>:root`. */
  readonly issuingAccount: string;
}

export interface KmsAlias {
  /** `alias/<name>` */
  readonly name: string;
  readonly creationDate: Date;
  /** When the alias was last pointed at a key. */
  readonly lastUpdatedDate: Date;
}
