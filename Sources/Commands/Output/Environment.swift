#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Inventory

/// The wall clock, to the second: the only place where the time comes into a run.
func wallClock() -> Instant { Instant(milliseconds: Int64(time(nil)) * 1000) }

/// Processors that are on line.
func processorCount() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

/// An environment variable; nil when it is not set.
func environment(_ name: String) -> String? { unsafe getenv(name).map { unsafe String(cString: $0) } }
