"""What earlier runs have found out, kept so that only what changed is done again; it may be deleted at any time."""

from evidencebase.cache.digests import digest, digest_of_bytes, digest_of_file, digest_of_folders
from evidencebase.cache.keeping import Cache
from evidencebase.cache.lazy import Lazy
from evidencebase.cache.memory import Memory, Remembered
from evidencebase.cache.reads import Reads, Watched
from evidencebase.cache.stamps import Stamps, stamp_digest, stamps
from evidencebase.cache.store import Store

__all__ = [
    "Cache", "Lazy", "Memory", "Reads", "Remembered", "Stamps", "Store", "Watched", "digest", "digest_of_bytes",
    "digest_of_file", "digest_of_folders", "stamp_digest", "stamps",
]  # fmt: skip
