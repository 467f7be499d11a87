/** The checks of this package. Labwright finds what is exported by name. */
export { deletionProtection } from './checks/deletion-protection.js';
export { pointInTimeRecovery } from './checks/point-in-time-recovery.js';
