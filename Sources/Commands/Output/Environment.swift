#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif
import Inventory

/// The wall clock, to the second: the only place where the time comes into a run.
func wallClock() -> Instant { Instant(milliseconds: Int64(time(nil)) * 1000) }

/// The wall clock, to the millisecond: for how long to wait, which is in no result.
func waitingClock() -> Instant {
  var time = timespec()
  unsafe clock_gettime(CLOCK_REALTIME, &time)
  return Instant(milliseconds: Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000)
}

/// Processors that are on line.
func processorCount() -> Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

/// An environment variable; nil when it is not set.
func environment(_ name: String) -> String? { unsafe getenv(name).map { unsafe String(cString: $0) } }
